package dev.kinto.gateway.forward;

import dev.kinto.gateway.http.HeaderLine;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields that concern one connection only and are never forwarded, in either direction (RFC
 * 9110, section 7.6.1), and those of the framing, which is written anew (contract C35).
 */
final class HopByHop {
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "proxy-authenticate",
          "proxy-authorization",
          "content-length");

  private final Set<String> named;

  private HopByHop(Set<String> named) {
    this.named = named;
  }

  /** What a message's {@code Connection} fields add to the list. */
  static HopByHop of(List<HeaderLine> lines) {
    Set<String> named = Set.of();
    for (HeaderLine line : lines) {
      if (line.lowerCaseName().equals("connection") && !isUsual(line.value())) {
        named = named.isEmpty() ? new HashSet<>() : named;
        for (String token : line.value().split(",", -1)) {
          named.add(token.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return new HopByHop(named);
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
  }

  /**
   * Whether a line is one of them.
   *
   * @param folded its name, folded: a server behind may take {@code Transfer_Encoding} for one too
   */
  boolean contains(HeaderLine line, String folded) {
    return ALWAYS.contains(folded) || named.contains(line.lowerCaseName());
  }
}
