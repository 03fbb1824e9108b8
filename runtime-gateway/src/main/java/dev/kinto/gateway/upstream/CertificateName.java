package dev.kinto.gateway.upstream;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Whether a certificate is one of the server that was called, where the JDK does not say: it takes
 * names with underscores for none, in certificates too.
 */
final class CertificateName {
  private static final int DNS_NAME = 2;

  private CertificateName() {}

  /** Whether the JDK judges certificates for this name or address. */
  static boolean isUsual(String name) {
    if (name.indexOf(':') >= 0) {
      return true; // an IPv6 address
    }
    try {
      SNIHostName _ = new SNIHostName(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Judges the certificate (RFC 9525, section 6.3): a name counts whole, or behind its first label
   * if that is a star in the certificate.
   *
   * @param name in lower case
   * @throws SSLPeerUnverifiedException if it is another server's
   */
  static void require(String name, SSLSession session) throws SSLPeerUnverifiedException {
    Certificate server = session.getPeerCertificates()[0];
    int dot = name.indexOf('.');
    String star = dot < 0 ? name : "*" + name.substring(dot);
    for (String known : names((X509Certificate) server)) {
      if (known.equals(name) || known.equals(star)) {
        return;
      }
    }
    throw new SSLPeerUnverifiedException("the certificate is not one of \"" + name + "\"");
  }

  private static List<String> names(X509Certificate certificate) throws SSLPeerUnverifiedException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(DNS_NAME))
              .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateParsingException e) {
      throw new SSLPeerUnverifiedException("the certificate's names cannot be read");
    }
  }
}
