package dev.kinto.gateway;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Redirects, for pages that follow them by themselves. A browser shows a script nothing of a
 * redirect, neither where it leads nor a new token in it, and takes the script's token along to any
 * host that it leads to. So a client that sends {@code Kinto-Redirect: shown} gets it as a 200 with
 * {@code Kinto-Redirect: <status>}, all else being as it was.
 */
final class ShownRedirect {
  private static final String FIELD = "kinto-redirect";
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private ShownRedirect() {}

  /** The head of an answer as its client wants it. */
  static ResponseHead of(ResponseHead head, ClientRequest request) {
    boolean leads = head.headers().stream().anyMatch(line -> isOf(line, "location"));
    if (!REDIRECTS.contains(head.status()) || !leads || request.header(FIELD).isEmpty()) {
      return head;
    }
    List<HeaderLine> lines = new ArrayList<>(head.headers());
    // A 200 may be kept for longer than a redirect.
    lines.removeIf(line -> isOf(line, "cache-control"));
    lines.add(HeaderLine.of("Cache-Control", "no-store"));
    lines.add(HeaderLine.of("Kinto-Redirect", String.valueOf(head.status())));
    lines.add(HeaderLine.of("Access-Control-Expose-Headers", "Kinto-Redirect, Location"));
    return new ResponseHead(200, "OK", lines, head.contentLength());
  }

  private static boolean isOf(HeaderLine line, String lowerCaseName) {
    return line.lowerCaseName().equals(lowerCaseName);
  }
}
