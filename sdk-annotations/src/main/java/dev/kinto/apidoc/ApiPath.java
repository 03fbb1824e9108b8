package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.List;

/**
 * Reads the path of {@code @api}. Express's {@code :id} and {@code :rest*} become <code>{id}</code>
 * and <code>{rest*}</code> (contract C11); the rest stays as written, to be checked as a path
 * template later.
 */
final class ApiPath {
  private final PlacedText text;
  private final List<Mistake> mistakes;

  ApiPath(PlacedText text, List<Mistake> mistakes) {
    this.text = text;
    this.mistakes = mistakes;
  }

  Text read(int start, int end) {
    StringBuilder path = new StringBuilder();
    int segment = start;
    for (int at = start; at <= end; at++) {
      if (at == end || text.charAt(at) == '/') {
        appendSegment(path, segment, at);
        if (at < end) {
          path.append('/');
        }
        segment = at + 1;
      }
    }
    return new Text(path.toString(), text.at(start));
  }

  private void appendSegment(StringBuilder path, int start, int end) {
    if (start == end || text.charAt(start) != ':') {
      path.append(text.substring(start, end));
      return;
    }
    int nameEnd = start + 1;
    while (nameEnd < end && isNameCharacter(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = text.substring(start + 1, nameEnd);
    boolean rest = nameEnd == end - 1 && text.charAt(nameEnd) == '*';
    if (name.isEmpty() || (nameEnd < end && !rest)) {
      mistakes.add(
          Rule.APIDOC_SYNTAX.at(
              text.at(start),
              "A parameter is a whole segment, :name or {name}, or the rest of the path, :name* or"
                  + " {name*}. Found: \""
                  + text.substring(start, end)
                  + "\"."));
    }
    path.append('{').append(name.isEmpty() ? "name" : name).append(rest ? "*}" : "}");
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
