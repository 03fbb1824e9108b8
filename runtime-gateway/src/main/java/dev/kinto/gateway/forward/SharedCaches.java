package dev.kinto.gateway.forward;

import dev.kinto.gateway.http.HeaderLine;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps answers to calls with a token out of caches that serve several clients (contract C32). Such
 * caches keep answers to requests with {@code Authorization} to themselves (RFC 9111, section 3.5)
 * but know nothing of {@code Kinto-Authorization}: what a microservice does not say to be for all
 * is said to be for one.
 */
final class SharedCaches {
  /** Directives by which a microservice says itself who may keep an answer. */
  private static final Set<String> SAYS_WHO = Set.of("public", "s-maxage", "no-store", "private");

  private static final String FIELD = "cache-control";

  private SharedCaches() {}

  /** Adds {@code private} to the lines of an answer that does not say who may keep it. */
  static void makePrivate(List<HeaderLine> lines) {
    int first = -1;
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).lowerCaseName().equals(FIELD)) {
        if (saysWho(lines.get(i).value())) {
          return;
        }
        first = i;
      }
    }
    if (first < 0) {
      lines.add(new HeaderLine("Cache-Control", FIELD, "private"));
    } else {
      // In front, where no quotation mark that was left open can swallow it.
      HeaderLine line = lines.get(first);
      String rest = line.value().isEmpty() ? "" : ", " + line.value();
      lines.set(first, new HeaderLine(line.name(), FIELD, "private" + rest));
    }
  }

  /** Looks at the names of directives; arguments may be quoted (RFC 9111, section 5.2). */
  private static boolean saysWho(String value) {
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i == value.length() ? ',' : value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ',' && !quoted) {
        if (SAYS_WHO.contains(name(value.substring(start, i)))) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static String name(String directive) {
    int equals = directive.indexOf('=');
    return (equals < 0 ? directive : directive.substring(0, equals))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
