package dev.kinto.gateway.tls;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The host name that a client asks for in its handshake (SNI; RFC 6066, section 3). */
final class AnnouncedName {
  /** Whose handshake this thread makes or made last: one thread serves one connection. */
  private static final ThreadLocal<Supplier<SSLSession>> CONNECTION = new ThreadLocal<>();

  private AnnouncedName() {}

  static void remember(Supplier<SSLSession> session) {
    CONNECTION.set(session);
  }

  static Optional<String> ofThisThread() {
    Supplier<SSLSession> session = CONNECTION.get();
    return session == null ? Optional.empty() : of(session.get());
  }

  static Optional<String> of(@Nullable SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return Optional.of(host.getAsciiName().toLowerCase(Locale.ROOT));
        }
      }
    }
    return Optional.empty();
  }
}
