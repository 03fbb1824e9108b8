package dev.kinto.gateway.tls;

import java.nio.file.Path;

/**
 * Where a certificate and its key are kept.
 *
 * @param certificate a PEM file: the server's certificate, then those that signed it
 * @param key a PEM file: the certificate's private key, PKCS#8, not encrypted
 */
public record PemFiles(Path certificate, Path key) {

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException that says what is wrong and how to mend it
   */
  public Identity read() {
    return new Identity(Pem.chain(Pem.read(certificate)), Pem.privateKey(Pem.read(key)));
  }
}
