package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.Caller;
import dev.kinto.gateway.wire.HeaderLine;
import java.net.URI;
import java.util.Locale;

/**
 * Rewrites the addresses in an answer's headers from the microservice's point of view to the
 * client's (contract C33): {@code Location}, {@code Content-Location} and the paths of cookies.
 */
final class AnswerAddresses {
  private final URI upstream;
  private final String clientOrigin;
  private final String prefix;

  private AnswerAddresses(URI upstream, String clientOrigin, String prefix) {
    this.upstream = upstream;
    this.clientOrigin = clientOrigin;
    this.prefix = prefix;
  }

  /**
   * The addresses of one answer.
   *
   * @param upstream who answered
   * @param caller who called, and what
   * @param prefix what stands before the microservice's paths in what they called
   */
  static AnswerAddresses of(URI upstream, Caller caller, String prefix) {
    return new AnswerAddresses(upstream, caller.scheme() + "://" + caller.host(), prefix);
  }

  HeaderLine rewrite(HeaderLine line) {
    return switch (line.lowerCaseName()) {
      case "location", "content-location" -> with(line, location(line.value()));
      case "set-cookie" -> with(line, cookie(line.value()));
      default -> line;
    };
  }

  private static HeaderLine with(HeaderLine line, String value) {
    return new HeaderLine(line.name(), line.lowerCaseName(), value);
  }

  private String location(String value) {
    if (value.startsWith("/") && !value.startsWith("//")) {
      return prefix + value;
    }
    int end = upstreamEnd(value);
    return end < 0 ? value : clientOrigin + prefix + value.substring(end);
  }

  /**
   * Where a reference to the upstream goes on behind its authority; negative if it points
   * elsewhere. The scheme may be missing, and the port if it is the scheme's own, or said all the
   * same.
   */
  private int upstreamEnd(String value) {
    String scheme = upstream.getScheme() + ':';
    int start = value.regionMatches(true, 0, scheme, 0, scheme.length()) ? scheme.length() : 0;
    if (!value.startsWith("//", start)) {
      return -1;
    }
    int end = start + 2;
    while (end < value.length() && "/?#".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    String authority = value.substring(start + 2, end);
    return withPort(authority).equalsIgnoreCase(withPort(upstream.getRawAuthority())) ? end : -1;
  }

  private String withPort(String authority) {
    boolean has = authority.lastIndexOf(':') > authority.lastIndexOf(']');
    return has ? authority : authority + (upstream.getScheme().equals("https") ? ":443" : ":80");
  }

  private String cookie(String value) {
    StringBuilder rewritten = new StringBuilder(value.length() + prefix.length());
    for (String part : value.split(";", -1)) {
      int equals = part.indexOf('=');
      String attribute = part.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
      String argument = part.substring(equals + 1).strip();
      // The first part is the cookie itself, whatever its name.
      boolean first = rewritten.isEmpty();
      if (first) {
        rewritten.append(part);
      } else if (attribute.equals("path") && argument.startsWith("/")) {
        rewritten.append("; Path=").append(prefix).append(argument);
      } else if (!attribute.equals("domain")) {
        rewritten.append(';').append(part);
      }
    }
    return rewritten.toString();
  }
}
