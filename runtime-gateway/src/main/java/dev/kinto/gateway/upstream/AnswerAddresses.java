package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.route.Match;
import dev.kinto.gateway.wire.Caller;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.HeaderLine;
import java.util.List;

/**
 * Rewrites the addresses in an answer's headers from the microservice's point of view to the
 * client's (contract C33): {@code Location}, {@code Content-Location}, the targets in {@code Link},
 * and the paths of cookies.
 *
 * <p>A microservice that knows nothing of the gateway names its paths, or its own authority; one
 * whose framework reads {@code X-Forwarded-*} names what the client called, some with the prefix,
 * some without. All of them lead back to where the client called, with the prefix once.
 */
final class AnswerAddresses {
  private final List<HttpOrigin> upstreams;
  private final Caller caller;
  private final PathPrefix prefix;
  private final String calledPath;

  AnswerAddresses(List<HttpOrigin> upstreams, Caller caller, PathPrefix prefix, String calledPath) {
    this.upstreams = upstreams;
    this.caller = caller;
    this.prefix = prefix;
    this.calledPath = calledPath;
  }

  /** The addresses in the answer to a request. */
  static AnswerAddresses of(ClientRequest client, Match match) {
    String outer = client.caller().prefix();
    int query = client.target().indexOf('?');
    String path = query < 0 ? client.target() : client.target().substring(0, query);
    return new AnswerAddresses(
        match.service().upstreams(),
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
      return prefix.before(value);
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
    String authority = value.substring(slashes + 2, end);
    String path = prefix.before(value.substring(end));
    if (isOfTheMicroservice(scheme, authority)) {
      return origin() + path;
    }
    if (!isWhatWasCalled(scheme, authority)) {
      return value;
    }
    // A microservice may send clients from http to https; back it sends them by mistake only.
    return (http && caller.secure() ? origin() : value.substring(0, end)) + path;
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
