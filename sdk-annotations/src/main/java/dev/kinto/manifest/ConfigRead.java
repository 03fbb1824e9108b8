package dev.kinto.manifest;

import java.util.Set;

/**
 * A configuration value of the environment that a route asks for as a request header (contract C9).
 *
 * @param field the header's name, which is also the value's key in the configuration
 * @param required whether the route cannot work without it
 * @param description the author's words, or empty
 */
public record ConfigRead(FieldName field, boolean required, String description) {
  /** Hop-by-hop, framing, routing and credential fields, and those that the gateway writes. */
  private static final Set<String> NEVER =
      Set.of(
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "content-length",
          "host",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-forwarded-port",
          "x-forwarded-prefix",
          "authorization",
          "cookie",
          "set-cookie",
          "expect",
          "traceparent",
          "tracestate");

  /**
   * Whether a value may have this name at all (contract C9). That it is in no session space has to
   * be asked besides, where the microservices are known.
   *
   * @param name an HTTP field name in any spelling
   */
  public static boolean mayBeOf(String name) {
    String folded = FieldName.fold(name);
    return !folded.startsWith("kinto-") && !NEVER.contains(folded);
  }
}
