package dev.kinto.gateway.http;

import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One element of {@code Forwarded} (RFC 7239, section 4): what one proxy says of who called it.
 *
 * @param parameters by their lower-case names, unquoted; none if it cannot be parsed, so that
 *     nothing before it counts either
 */
record ForwardedElement(Map<String, String> parameters) {

  static final String FIELD = "forwarded";

  private static final ForwardedElement UNPARSABLE = new ForwardedElement(Map.of());

  /** Who called according to the field; the element of the client says what it called. */
  static Caller client(ClientRequest request, TrustedProxies proxies, Caller peer) {
    List<ForwardedElement> elements = new ArrayList<>();
    request.values(FIELD).forEach(line -> elements.addAll(parseLine(line)));
    List<String> nodes = elements.stream().map(element -> element.get("for")).toList();
    List<String> chain = proxies.chain(nodes, peer.address());
    if (chain.size() == 1) {
      return peer;
    }
    ForwardedElement clients = elements.get(elements.size() - (chain.size() - 1));
    String host = clients.get("host");
    return new Caller(
        chain.getFirst(),
        chain.subList(1, chain.size()),
        HostField.isHost(host) ? host : peer.host(),
        TrustedProxies.secure(clients.get("proto"), peer),
        peer.prefix());
  }

  private String get(String name) {
    return parameters.getOrDefault(name, "");
  }

  /**
   * The elements of a line, found from its end: a proxy that is trusted wrote the last ones, whole,
   * and a quotation mark that a client left open before them must not swallow them.
   */
  private static List<ForwardedElement> parseLine(String line) {
    List<ForwardedElement> elements = new ArrayList<>();
    boolean quoted = false;
    int end = line.length();
    for (int i = line.length() - 1; i >= -1; i--) {
      if (i < 0 || (line.charAt(i) == ',' && !quoted)) {
        String element = line.substring(i + 1, end).strip();
        if (!element.isEmpty()) {
          elements.addFirst(parse(element));
        }
        end = i;
      } else if (line.charAt(i) == '"' && !isEscaped(line, i)) {
        quoted = !quoted;
      }
    }
    return elements;
  }

  private static boolean isEscaped(String text, int at) {
    int first = at;
    while (first > 0 && text.charAt(first - 1) == '\\') {
      first--;
    }
    return (at - first) % 2 == 1;
  }

  private static ForwardedElement parse(String element) {
    Map<String, String> parameters = new HashMap<>();
    for (int at = 0; at < element.length(); ) {
      int end = pairEnd(element, at);
      String pair = element.substring(at, end).strip();
      if (!pair.isEmpty() && !take(pair, parameters)) {
        return UNPARSABLE;
      }
      at = end + 1;
    }
    return new ForwardedElement(parameters);
  }

  /** Where the pair that begins here ends: at a semicolon outside of quotes. */
  private static int pairEnd(String element, int start) {
    boolean quoted = false;
    for (int i = start; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == ';' && !quoted) {
        return i;
      }
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      }
    }
    return element.length();
  }

  private static boolean take(String pair, Map<String, String> parameters) {
    int equals = pair.indexOf('=');
    String name = pair.substring(0, Math.max(0, equals));
    String raw = pair.substring(equals + 1);
    boolean quoted = raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"");
    String value = quoted ? raw.substring(1, raw.length() - 1) : raw;
    return FieldName.isToken(name)
        && value.indexOf('"') < 0
        && value.indexOf('\\') < 0
        && parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value) == null;
  }
}
