package dev.kinto.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A client's wish to speak WebSocket over its connection (RFC 6455, section 4.1), and what the
 * gateway itself hears and says in it.
 *
 * <p>A page's script cannot set a header on a WebSocket; what it can set are names of subprotocols.
 * So names that begin with {@code kinto} are the gateway's: {@code kinto.bearer.<token>} is the
 * token, and {@code kinto} is a protocol that a gateway can agree to where the microservice speaks
 * none, since a browser which offers protocols fails if none is chosen.
 */
public final class WebSocketHandshake {
  /** The header in which a client offers subprotocols and a server chooses one, in lower case. */
  public static final String PROTOCOLS = "sec-websocket-protocol";

  private static final String PLAIN = "kinto";
  private static final String BEARER = "kinto.bearer.";

  private WebSocketHandshake() {}

  /** Whether a request is one. Other protocols are not upgraded to. */
  public static boolean isAsked(ClientRequest request) {
    return request.method().equals("GET")
        && !request.hasBody()
        && holdsWebSocket(request.headers())
        && holds(request.headers(), "connection", "upgrade");
  }

  /** Whether the {@code Upgrade} of these header lines is to WebSocket. */
  public static boolean holdsWebSocket(List<HeaderLine> lines) {
    return holds(lines, "upgrade", "websocket");
  }

  /** The tokens among the offered protocols. */
  public static List<String> tokens(ClientRequest request) {
    List<String> tokens = new ArrayList<>(1);
    for (String protocol : request.elements(PROTOCOLS)) {
      if (protocol.startsWith(BEARER)) {
        tokens.add(protocol.substring(BEARER.length()));
      }
    }
    return tokens;
  }

  /** The line of offered protocols without the gateway's own; empty if it holds no other. */
  public static Optional<HeaderLine> withoutOurs(HeaderLine line) {
    List<String> others =
        ListField.split(line.value()).stream().filter(each -> !isOurs(each)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new HeaderLine(line.name(), line.lowerCaseName(), String.join(", ", others)));
  }

  /** Whether the client offers the protocol that the gateway can agree to. */
  public static boolean offersOurs(ClientRequest request) {
    return holds(request.headers(), PROTOCOLS, PLAIN);
  }

  /** The gateway's agreement. */
  public static HeaderLine agreement() {
    return new HeaderLine("Sec-WebSocket-Protocol", PROTOCOLS, PLAIN);
  }

  private static boolean isOurs(String protocol) {
    String lowerCase = protocol.toLowerCase(Locale.ROOT);
    return lowerCase.equals(PLAIN) || lowerCase.startsWith("kinto.");
  }

  private static boolean holds(List<HeaderLine> lines, String lowerCaseName, String element) {
    for (HeaderLine line : lines) {
      if (line.lowerCaseName().equals(lowerCaseName)
          && (line.value().equalsIgnoreCase(element)
              || ListField.split(line.value()).stream().anyMatch(element::equalsIgnoreCase))) {
        return true;
      }
    }
    return false;
  }
}
