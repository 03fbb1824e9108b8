package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the path of {@code @api}. Parameters are written as the frameworks write them: Express's
 * {@code :id} and {@code :rest*}, Flask's {@code <id>}, {@code <int:id>} and {@code <path:rest>}
 * become <code>{id}</code> and <code>{rest*}</code> (contract C11). Authors document addresses: a
 * host before the path and a query behind it are left out, slashes that are missing are put in and
 * repeated ones left out, and a parameter takes its whole segment ({@code :id.zip}), with a warning
 * each. The rest stays as written, to be checked as a path template later.
 */
final class ApiPath {
  private final PlacedText text;
  private final List<Mistake> mistakes;
  private boolean partial;
  private boolean doubled;

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
        boolean again = at > pathStart && text.charAt(at - 1) == '/';
        if (at < pathEnd && !again) {
          path.append('/');
        }
        doubled |= at < pathEnd && again;
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
    if (doubled) {
      reasons.add("a path has no empty segment");
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

  /**
   * A parameter as it stands in the text.
   *
   * @param rest whether it stands for the rest of the path
   * @param narrowed whether it takes less than a segment may hold
   */
  private record Parameter(
      int start, int name, int nameEnd, int end, boolean rest, boolean narrowed) {}

  private void appendSegment(StringBuilder path, int start, int end) {
    Optional<Parameter> found = parameter(start, end);
    if (found.isEmpty()) {
      path.append(text.substring(start, end));
      return;
    }
    Parameter parameter = found.get();
    partial |= parameter.start() > start || parameter.end() < end || parameter.narrowed();
    path.append('{')
        .append(text.substring(parameter.name(), parameter.nameEnd()))
        .append(parameter.rest() ? "*}" : "}");
  }

  /** A segment's first parameter. */
  private Optional<Parameter> parameter(int start, int end) {
    Optional<Parameter> found = Optional.empty();
    for (int at = start; at < end && found.isEmpty(); at++) {
      found =
          switch (text.charAt(at)) {
            // A colon behind a word is itself, as in /items:search.
            case ':' ->
                at > start && Character.isLetterOrDigit(text.charAt(at - 1))
                    ? Optional.empty()
                    : afterMark(at, end);
            case '{' -> afterMark(at, end);
            case '<' -> inAngles(at, end);
            default -> Optional.empty();
          };
    }
    return found;
  }

  /** {@code :id}, {@code :rest*}, <code>{id}</code> and <code>{rest*}</code>. */
  private Optional<Parameter> afterMark(int mark, int end) {
    int nameEnd = nameEnd(mark + 1, end);
    if (nameEnd == mark + 1) {
      return Optional.empty();
    }
    boolean rest = nameEnd < end && text.charAt(nameEnd) == '*';
    int after = nameEnd + (rest ? 1 : 0);
    boolean closed = text.charAt(mark) == '{' && after < end && text.charAt(after) == '}';
    return Optional.of(
        new Parameter(mark, mark + 1, nameEnd, after + (closed ? 1 : 0), rest, false));
  }

  /** {@code <id>} and {@code <int:id>}, whose word before the colon says what it takes. */
  private Optional<Parameter> inAngles(int mark, int end) {
    int close = mark;
    int name = mark + 1;
    while (close < end && text.charAt(close) != '>') {
      name = text.charAt(close) == ':' ? close + 1 : name;
      close++;
    }
    if (close == end || name == close || nameEnd(name, close) < close) {
      return Optional.empty();
    }
    boolean typed = name > mark + 1;
    boolean rest = typed && text.substring(mark + 1, name).equals("path:");
    return Optional.of(new Parameter(mark, name, close, close + 1, rest, typed && !rest));
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
