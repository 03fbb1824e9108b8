package dev.kinto.gateway.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One element of {@code Forwarded} (RFC 7239, section 4): what one proxy says of who called it.
 *
 * @param parameters by their lower-case names, unquoted
 */
record ForwardedElement(Map<String, String> parameters) {

  static final String FIELD = "forwarded";

  /** Who called according to the field; the element of the client says what it called. */
  static Caller client(ClientRequest request, TrustedProxies proxies, Caller peer) {
    List<ForwardedElement> elements = new ArrayList<>();
    for (String element : request.elements(FIELD)) {
      elements.add(of(element));
    }
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
        TrustedProxies.secure(clients.get("proto"), peer));
  }

  private String get(String name) {
    return parameters.getOrDefault(name, "");
  }

  private static ForwardedElement of(String element) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : ListField.split(element, ';')) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            pair.substring(0, equals).toLowerCase(Locale.ROOT),
            unquoted(pair.substring(equals + 1)));
      }
    }
    return new ForwardedElement(parameters);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
