package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the path of {@code @api}. Express's {@code :id} and {@code :rest*} become <code>{id}</code>
 * and <code>{rest*}</code> (contract C11). Authors document addresses: a host before the path and a
 * query behind it are left out, a slash that is missing is put before it, and a parameter takes its
 * whole segment ({@code :id.zip}), with a warning each. The rest stays as written, to be checked as
 * a path template later.
 */
final class ApiPath {
  private final PlacedText text;
  private final List<Mistake> mistakes;
  private boolean partial;

  ApiPath(PlacedText text, List<Mistake> mistakes) {
    this.text = text;
    this.mistakes = mistakes;
  }

  Text read(int start, int end) {
    String written = text.substring(start, end);
    int pathStart = start + hostEnd(written);
    int pathEnd = start + queryStart(written, pathStart - start);
    boolean slash = pathStart == pathEnd || text.charAt(pathStart) != '/';
    StringBuilder path = new StringBuilder(slash ? "/" : "");
    int segment = pathStart;
    for (int at = pathStart; at <= pathEnd; at++) {
      if (at == pathEnd || text.charAt(at) == '/') {
        appendSegment(path, segment, at);
        if (at < pathEnd) {
          path.append('/');
        }
        segment = at + 1;
      }
    }
    warn(start, written, path.toString(), pathStart > start, pathEnd < end, slash);
    return new Text(path.toString(), text.at(start));
  }

  private void warn(
      int start, String written, String path, boolean host, boolean query, boolean slash) {
    List<String> reasons = new ArrayList<>();
    if (host) {
      reasons.add("a route has no host");
    }
    if (query) {
      reasons.add("a query or fragment is no part of it, declare its parameters with @apiQuery");
    }
    if (partial) {
      reasons.add("a parameter is a whole segment, and takes all of it");
    }
    if (slash) {
      reasons.add("a path begins with \"/\"");
    }
    if (!reasons.isEmpty()) {
      mistakes.add(Rule.APIDOC_PATH.at(text.at(start), written, path, String.join("; ", reasons)));
    }
  }

  /** Where a path begins behind {@code http://host:port}; 0 if there is none. */
  private static int hostEnd(String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
      return 0;
    }
    int slash = written.indexOf('/', written.indexOf("//") + 2);
    return slash < 0 ? written.length() : slash;
  }

  /** Where a query or fragment begins; the length if there is none. */
  private static int queryStart(String written, int from) {
    int at = from;
    while (at < written.length() && written.charAt(at) != '?' && written.charAt(at) != '#') {
      at++;
    }
    return at;
  }

  private void appendSegment(StringBuilder path, int start, int end) {
    int name = parameter(start, end);
    if (name < 0) {
      path.append(text.substring(start, end));
      return;
    }
    int nameEnd = nameEnd(name, end);
    boolean rest = nameEnd < end && text.charAt(nameEnd) == '*';
    int after = nameEnd + (rest ? 1 : 0);
    boolean braces = text.charAt(name - 1) == '{';
    boolean closed = braces && after < end && text.charAt(after) == '}';
    partial |= name - 1 > start || after + (closed ? 1 : 0) < end;
    path.append('{').append(text.substring(name, nameEnd)).append(rest ? "*}" : "}");
  }

  /** Where the name of a segment's first parameter begins; -1 if it has none. */
  private int parameter(int start, int end) {
    for (int at = start; at < end - 1; at++) {
      // A colon behind a word is itself, as in /items:search.
      boolean colon =
          text.charAt(at) == ':'
              && (at == start || !Character.isLetterOrDigit(text.charAt(at - 1)));
      if ((colon || text.charAt(at) == '{') && nameEnd(at + 1, end) > at + 1) {
        return at + 1;
      }
    }
    return -1;
  }

  private int nameEnd(int start, int end) {
    int at = start;
    while (at < end && isNameCharacter(text.charAt(at), at > start)) {
      at++;
    }
    return at;
  }

  private static boolean isNameCharacter(char c, boolean inside) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (inside && ((c >= '0' && c <= '9') || c == '-'));
  }
}
