package dev.kinto.gateway.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a cookie goes that a microservice sets (RFC 6265, section 5.2; contract C33): back to this
 * microservice, and to no other one behind the gateway. A cookie is deleted by setting it once
 * more, so the same words must always give the same path.
 */
final class CookieScope {
  /** Browsers take such a cookie with {@code Path=/} only (RFC 6265bis, section 4.1.3.2). */
  private static final String FOR_THE_WHOLE_HOST = "__host-";

  private CookieScope() {}

  /**
   * The value of {@code Set-Cookie} for the client.
   *
   * @param value the microservice's
   * @param prefix what stands before the microservice's paths
   * @param calledPath the path that the client called, prefix included
   */
  static String of(String value, PathPrefix prefix, String calledPath) {
    String[] parts = value.split(";", -1);
    boolean wholeHost =
        parts[0].strip().regionMatches(true, 0, FOR_THE_WHOLE_HOST, 0, FOR_THE_WHOLE_HOST.length());
    List<String> kept = new ArrayList<>(parts.length + 1);
    kept.add(parts[0]);
    String path = "";
    int pathAt = 0;
    for (int i = 1; i < parts.length; i++) {
      String name = name(parts[i]);
      if (name.equals("path") && !wholeHost) {
        path = argument(parts[i]); // the last one counts
        pathAt = kept.size();
      } else if (!name.equals("domain")) {
        kept.add(parts[i]);
      }
    }
    String scope = wholeHost ? "" : scope(path, prefix, calledPath);
    if (!scope.isEmpty()) {
      kept.add(pathAt == 0 ? kept.size() : pathAt, " Path=" + scope);
    }
    return String.join(";", kept);
  }

  private static String name(String attribute) {
    int equals = attribute.indexOf('=');
    String name = equals < 0 ? attribute : attribute.substring(0, equals);
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Some frameworks quote it, and some clients take the quotes off. */
  private static String argument(String attribute) {
    String argument = attribute.substring(attribute.indexOf('=') + 1).strip();
    boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
    return quoted ? argument.substring(1, argument.length() - 1) : argument;
  }

  /** The path to say; empty if the one that clients choose by themselves is good. */
  private static String scope(String path, PathPrefix prefix, String calledPath) {
    if (path.startsWith("/")) {
      String scope = prefix.before(path);
      // Without the slash, for it is to be sent with a call of the prefix itself too.
      return scope.equals(prefix.text() + "/") ? prefix.text() : scope;
    }
    String clientsOwn = calledPath.substring(0, calledPath.lastIndexOf('/'));
    return prefix.isBefore(clientsOwn) ? "" : prefix.text();
  }
}
