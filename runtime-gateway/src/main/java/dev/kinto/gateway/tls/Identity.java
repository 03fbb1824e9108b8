package dev.kinto.gateway.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server shows of itself, and how it proves it.
 *
 * @param chain the server's certificate, then those that signed it
 * @param key the private key of the server's certificate
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the key is another certificate's
   */
  public Identity {
    chain = List.copyOf(chain);
    if (!belongs(key, chain.getFirst().getPublicKey())) {
      throw new IllegalArgumentException(
          "the key does not belong to the certificate \""
              + chain.getFirst().getSubjectX500Principal()
              + "\", which must be the first of its file.");
    }
  }

  /** What is wrong with the time at which the certificate is used. */
  public Optional<String> outOfDate(Instant now) {
    X509Certificate certificate = chain.getFirst();
    Instant end = certificate.getNotAfter().toInstant();
    Instant start = certificate.getNotBefore().toInstant();
    if (now.isAfter(end)) {
      return Optional.of("the certificate expired at " + end + "; clients will refuse it.");
    }
    return now.isBefore(start)
        ? Optional.of("the certificate is valid from " + start + "; clients will refuse it before.")
        : Optional.empty();
  }

  /** Whether keys of this type, as a handshake names it, fit. */
  boolean hasKeyType(String keyType) {
    return chain.getFirst().getPublicKey().getAlgorithm().equals(keyType);
  }

  private static boolean belongs(PrivateKey key, PublicKey publicKey) {
    String algorithm = signatureAlgorithm(publicKey.getAlgorithm());
    byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(probe);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key of another algorithm.
      return false;
    }
  }

  private static String signatureAlgorithm(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> keyAlgorithm;
    };
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
