package dev.kinto.gateway.upstream;

import dev.kinto.gateway.route.Match;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.HeaderLine;
import java.net.URI;
import java.util.Locale;

/**
 * Rewrites the addresses in an answer's headers from the microservice's point of view to the
 * client's (contract C33): {@code Location}, {@code Content-Location} and the paths of cookies.
 */
final class AnswerAddresses {
  private final String upstreamOrigin;
  private final String clientOrigin;
  private final String prefix;

  private AnswerAddresses(String upstreamOrigin, String clientOrigin, String prefix) {
    this.upstreamOrigin = upstreamOrigin;
    this.clientOrigin = clientOrigin;
    this.prefix = prefix;
  }

  static AnswerAddresses of(URI upstream, ClientRequest client, Match match) {
    return new AnswerAddresses(
        upstream.getScheme() + "://" + upstream.getRawAuthority(),
        client.caller().scheme() + "://" + client.caller().host(),
        match.prefix());
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
    boolean toUpstream =
        value.regionMatches(true, 0, upstreamOrigin, 0, upstreamOrigin.length())
            && (value.length() == upstreamOrigin.length()
                || "/?#".indexOf(value.charAt(upstreamOrigin.length())) >= 0);
    return toUpstream ? clientOrigin + prefix + value.substring(upstreamOrigin.length()) : value;
  }

  private String cookie(String value) {
    StringBuilder rewritten = new StringBuilder(value.length() + prefix.length());
    for (String part : value.split(";", -1)) {
      String attribute = part.strip().toLowerCase(Locale.ROOT);
      // The first part is the cookie itself, whatever its name.
      boolean first = rewritten.isEmpty();
      if (first) {
        rewritten.append(part);
      } else if (attribute.startsWith("path=/")) {
        rewritten.append("; Path=").append(prefix).append(part.strip().substring("path=".length()));
      } else if (!attribute.startsWith("domain=")) {
        rewritten.append(';').append(part);
      }
    }
    return rewritten.toString();
  }
}
