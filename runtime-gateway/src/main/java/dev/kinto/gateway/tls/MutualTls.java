package dev.kinto.gateway.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS between members who know each other by one authority: both sides show a certificate, and
 * whoever has one of the trusted authorities' is a member, whatever its name. TLS 1.3 only.
 *
 * <p>Files that change are taken up by the next handshake. What is wrong with the new ones, also
 * that they are out of date, is reported, and the ones before stay.
 *
 * @param files the certificate that is shown, and its key
 * @param trust a PEM file: the authorities whose certificates are accepted
 */
public record MutualTls(PemFiles files, Path trust) {
  /**
   * More than the seven days that a ticket may be good for (RFC 8446, section 4.6.1): servers send
   * none then. A connection that took up a session again would not be asked for its certificate,
   * also when the trust has been taken from it.
   */
  private static final int NO_TICKETS_SECONDS = 604_801;

  private static final String UNKNOWN_KEY_EXCHANGE = "UNKNOWN";

  /** What both sides of each connection have in common. */
  public static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {TlsVersion.TLS_1_3.toString()});
    parameters.setNeedClientAuth(true);
    return parameters;
  }

  /**
   * A context for servers and for clients, whose connections are to have {@link #parameters()}.
   *
   * @throws IllegalArgumentException if a file cannot be used
   */
  public SSLContext context() {
    Kept<Identity> identity =
        new Kept<>(this::identity, _ -> Optional.empty(), files.certificate(), files.key());
    Kept<X509ExtendedTrustManager> trusted =
        new Kept<>(() -> Trust.manager(authorities()), _ -> Optional.empty(), trust);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new SniKeyManager(identity, Map.of())},
          new TrustManager[] {new KeptTrust(trusted)},
          new SecureRandom());
      context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks TLS", e);
    }
  }

  private Identity identity() {
    Identity identity = files.read();
    identity
        .outOfDate(Instant.now())
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    return identity;
  }

  private List<X509Certificate> authorities() {
    return Pem.chain(Pem.read(trust));
  }

  /** Why too many would be members; the file can be read. */
  public Optional<String> trustProblem() {
    List<X509Certificate> everybodys = List.of(Trust.manager(List.of()).getAcceptedIssuers());
    return authorities().stream()
        .filter(everybodys::contains)
        .findFirst()
        .map(
            authority ->
                "the public authority \""
                    + authority.getSubjectX500Principal()
                    + "\" is among these: whoever buys a certificate there would be a member."
                    + " Name an authority of your own.");
  }

  /** Why no other member would accept this one; each file can be read. */
  public Optional<String> identityProblem() {
    try {
      X509Certificate[] chain = identity().chain().toArray(X509Certificate[]::new);
      X509ExtendedTrustManager trusted = Trust.manager(authorities());
      trusted.checkServerTrusted(chain, UNKNOWN_KEY_EXCHANGE);
      trusted.checkClientTrusted(chain, UNKNOWN_KEY_EXCHANGE);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (CertificateException e) {
      return Optional.of(
          "the other nodes would refuse this certificate: it must be signed by an authority of"
              + " \"trust\", and be good for servers and for clients ("
              + e.getMessage()
              + ").");
    }
  }
}
