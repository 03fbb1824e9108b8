package dev.kinto.gateway.forward;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.http.Authority;
import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.route.Match;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rewrites the addresses in an answer's headers from the microservice's point of view to the
 * client's (contract C33): {@code Location}, {@code Content-Location}, the targets in {@code Link},
 * and the paths of cookies.
 *
 * <p>A microservice that knows nothing of the gateway names its paths, or its own authority; one
 * whose framework reads {@code X-Forwarded-*} names what the client called, some with the prefix,
 * some without. All of them lead back to where the client called, with the prefix once.
 */
final class ResponseAddresses {
  private final List<HttpOrigin> upstreams;
  private final Predicate<String> isRoute;
  private final Caller caller;
  private final PathPrefix prefix;
  private final String calledPath;

  /**
   * The addresses in an answer.
   *
   * @param upstreams where the microservice runs
   * @param isRoute whether it has a route of a path, which may have a query and a fragment
   * @param caller who called, and what
   * @param prefix what stands before the microservice's paths
   * @param calledPath the path that the client called, prefix included
   */
  ResponseAddresses(
      List<HttpOrigin> upstreams,
      Predicate<String> isRoute,
      Caller caller,
      PathPrefix prefix,
      String calledPath) {
    this.upstreams = upstreams;
    this.isRoute = isRoute;
    this.caller = caller;
    this.prefix = prefix;
    this.calledPath = calledPath;
  }

  /** The addresses in the answer to a request. */
  static ResponseAddresses of(ClientRequest client, Match match) {
    String outer = client.caller().prefix();
    int query = client.target().indexOf('?');
    String path = query < 0 ? client.target() : client.target().substring(0, query);
    return new ResponseAddresses(
        match.service().upstreams(),
        match.service()::hasRoute,
        client.caller(),
        new PathPrefix(outer + match.prefix()),
        outer + path);
  }

  HeaderLine rewrite(HeaderLine line) {
    return switch (line.lowerCaseName()) {
      case "location", "content-location" -> with(line, reference(line.value()));
      case "link" -> with(line, links(line.value()));
      case "set-cookie" -> with(line, CookieScope.of(line.value(), prefix, calledPath));
      default -> line;
    };
  }

  private static HeaderLine with(HeaderLine line, String value) {
    return new HeaderLine(line.name(), line.lowerCaseName(), value);
  }

  /** A reference that the client can call; one to somebody else, or a relative one, stays. */
  private String reference(String value) {
    if (value.startsWith("/") && !value.startsWith("//")) {
      return path(value);
    }
    int slashes = value.indexOf("//");
    String scheme = slashes < 0 ? "none" : value.substring(0, slashes);
    boolean http = scheme.equalsIgnoreCase("http:");
    if (!http && !scheme.isEmpty() && !scheme.equalsIgnoreCase("https:")) {
      return value;
    }
    int end = slashes + 2;
    while (end < value.length() && "/?#".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    String authority = withoutUser(value.substring(slashes + 2, end));
    String path = path(value.substring(end));
    if (isOfTheMicroservice(scheme, authority)) {
      return origin() + path;
    }
    if (!isWhatWasCalled(scheme, authority)) {
      return value;
    }
    // A microservice may send clients from http to https; back it sends them by mistake only.
    return (http && caller.secure() ? origin() : value.substring(0, end)) + path;
  }

  /**
   * The path with the prefix once. A microservice {@code articles} may have routes such as {@code
   * /articles/{id}}: a path that begins with the prefix, and is a route's only as it stands, has
   * not got the prefix yet.
   */
  private String path(String value) {
    boolean own = prefix.isBefore(value) && isRoute.test(value) && !isRoute.test(prefix.off(value));
    return own ? prefix.text() + value : prefix.before(value);
  }

  private String origin() {
    return caller.scheme() + "://" + caller.host();
  }

  /**
   * In either scheme: frameworks take the scheme from one header and the authority from another.
   */
  private boolean isOfTheMicroservice(String scheme, String authority) {
    for (HttpOrigin upstream : upstreams) {
      if (Authority.of(authority, isSecure(scheme, upstream.secure()))
          .equals(Authority.of(upstream.authority(), upstream.secure()))) {
        return true;
      }
    }
    return false;
  }

  private boolean isWhatWasCalled(String scheme, String authority) {
    return Authority.of(authority, isSecure(scheme, caller.secure()))
        .equals(Authority.of(caller.host(), caller.secure()));
  }

  private static String withoutUser(String authority) {
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static boolean isSecure(String scheme, boolean without) {
    return scheme.isEmpty() ? without : scheme.equalsIgnoreCase("https:");
  }

  /** The targets stand in angle brackets (RFC 8288, section 3); what is quoted is a parameter. */
  private String links(String value) {
    StringBuilder links = new StringBuilder(value.length() + prefix.text().length());
    boolean quoted = false;
    int copied = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == '<' && !quoted) {
        int end = value.indexOf('>', i);
        if (end < 0) {
          break;
        }
        links.append(value, copied, i + 1).append(reference(value.substring(i + 1, end)));
        copied = end;
        i = end;
      }
    }
    return links.append(value, copied, value.length()).toString();
  }
}
