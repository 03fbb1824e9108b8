package dev.kinto.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How the certificates of a microservice's https upstreams are judged.
 *
 * @param trusted the certificates of authorities that may have signed them; empty: those that the
 *     JDK trusts
 */
public record UpstreamTls(List<X509Certificate> trusted) {
  /** The JDK's own trust. */
  public static final UpstreamTls DEFAULT = new UpstreamTls(List.of());

  /** Copies the list. */
  public UpstreamTls {
    trusted = List.copyOf(trusted);
  }

  static UpstreamTls read(Section section) {
    List<X509Certificate> trusted =
        section
            .optional("trust", text -> certificates(section.readableFile(text)))
            .orElse(List.of());
    section.refuseOthers();
    return new UpstreamTls(trusted);
  }

  private static List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "there is no such readable file; a relative path begins where this file lies.", e);
    } catch (CertificateException e) {
      // said below, with the same words as for a file that holds none
    }
    throw new IllegalArgumentException(
        "a PEM file with one or more certificates is wanted (-----BEGIN CERTIFICATE-----).");
  }
}
