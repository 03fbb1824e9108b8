package dev.kinto.gateway.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** Makes the TLS of listeners. */
public final class ServerTls {
  private ServerTls() {}

  /**
   * A certificate and the names for which it is shown.
   *
   * @param files where it is
   * @param hosts names in lower case
   */
  public record Site(PemFiles files, List<String> hosts) {
    /** Copies the list. */
    public Site {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * The SSL context of a listener. A client that asks for no known name gets the first site's
   * certificate.
   *
   * @param sites at least one
   * @param least older versions are refused
   * @throws IllegalArgumentException if a file cannot be used
   */
  public static SSLContext context(List<Site> sites, TlsVersion least) {
    Map<PemFiles, Kept<Identity>> kept = new HashMap<>();
    Map<String, Kept<Identity>> byName = new HashMap<>();
    for (Site site : sites) {
      Kept<Identity> identity = kept.computeIfAbsent(site.files(), Kept::identity);
      site.hosts().forEach(host -> byName.put(host, identity));
    }
    Kept<Identity> first = Objects.requireNonNull(kept.get(sites.getFirst().files()));
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new SniKeyManager(first, byName)}, null, new SecureRandom());
      return new ListenerSslContext(context, least);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks TLS", e);
    }
  }

  /**
   * The name that the client asked for whose connection this thread serves; empty if it named none,
   * as clients do that call an address.
   */
  public static Optional<String> announcedName() {
    return AnnouncedName.ofThisThread();
  }
}
