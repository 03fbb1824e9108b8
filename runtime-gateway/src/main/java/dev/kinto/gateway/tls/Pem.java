package dev.kinto.gateway.tls;

import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys in the textual form of RFC 7468. Every failure is an {@link
 * IllegalArgumentException} that says what was found and how to mend it; no message shows a key.
 */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private Pem() {}

  /** Reads a file, which the caller names where this fails. */
  public static String read(Path file) {
    try {
      return RegularFile.read(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "there is no such file; a relative path begins where the configuration lies.", e);
    } catch (NotAFileException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException("the user of the gateway may not read the file.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file cannot be read.", e);
    }
  }

  /** The certificates of a text, in its order: first the server's, then those that signed it. */
  public static List<X509Certificate> chain(String pem) {
    List<X509Certificate> chain = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        chain.add(certificate(block.group(2)));
      }
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(
          "the file holds no certificate: a block that begins with"
              + " \"-----BEGIN CERTIFICATE-----\" is wanted.");
    }
    return List.copyOf(chain);
  }

  private static X509Certificate certificate(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(decoded(base64)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "a certificate in the file is damaged: " + e.getMessage(), e);
    }
  }

  /** The private key of a text, which may also hold certificates. */
  public static PrivateKey privateKey(String pem) {
    Matcher block = BLOCK.matcher(pem);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return privateKeyOf(block.group(2));
        }
        case "ENCRYPTED PRIVATE KEY" -> throw toConvert("the key is encrypted");
        case "RSA PRIVATE KEY" -> throw toConvert("the key has the old form PKCS#1");
        case "EC PRIVATE KEY" -> throw toConvert("the key has the old form SEC1");
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "the file holds no private key: a block that begins with \"-----BEGIN PRIVATE KEY-----\""
            + " is wanted.");
  }

  private static PrivateKey privateKeyOf(String base64) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(decoded(base64));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      } catch (GeneralSecurityException e) {
        // It is a key of another algorithm, or of none: said below.
      }
    }
    throw new IllegalArgumentException("the private key is damaged, or not of RSA, EC or Ed25519.");
  }

  private static IllegalArgumentException toConvert(String found) {
    return new IllegalArgumentException(
        found
            + "; convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key-pkcs8.pem, and keep"
            + " it readable by the gateway alone.");
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a block of the file is damaged: it is not base64.", e);
    }
  }
}
