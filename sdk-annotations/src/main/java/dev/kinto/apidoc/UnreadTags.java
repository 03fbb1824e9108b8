package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Lines of a file that look like apidoc's tags and are in no comment that is read: neither the tool
 * nor this dialect takes them for a declaration, and their author may think so (contract C10).
 */
final class UnreadTags {
  private UnreadTags() {}

  /** A warning for each run of such lines outside of the file's comments. */
  static List<Mistake> in(String file, List<String> lines, List<SourceComment> comments) {
    BitSet read = new BitSet();
    comments.forEach(
        comment ->
            read.set(comment.firstLine() - 1, comment.firstLine() - 1 + comment.columns().size()));
    List<Mistake> mistakes = new ArrayList<>();
    boolean before = false;
    for (int i = 0; i < lines.size(); i++) {
      int column = read.get(i) ? -1 : column(lines.get(i));
      if (column >= 0 && !before) {
        mistakes.add(
            Rule.APIDOC_SOURCE.at(
                new SourcePosition(file, i + 1, column + 1),
                "Tags of apidoc stand here in no comment that the apidoc tool reads, and are passed"
                    + " over. Write them between the marks of "
                    + "its comments, such as /** and */."));
      }
      before = column >= 0;
    }
    return mistakes;
  }

  /** Where the first tag of a file stands whose comments nobody knows. */
  static Optional<SourcePosition> firstIn(String file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      int column = column(lines.get(i));
      if (column >= 0) {
        return Optional.of(new SourcePosition(file, i + 1, column + 1));
      }
    }
    return Optional.empty();
  }

  /** Where a line has a tag with nothing but punctuation before it; -1 if it has none. */
  private static int column(String line) {
    int at = 0;
    while (at < line.length() && !Character.isLetterOrDigit(line.charAt(at))) {
      if (line.startsWith("@api", at)) {
        return isTag(line, at) ? at : -1;
      }
      at++;
    }
    return -1;
  }

  private static boolean isTag(String line, int at) {
    int end = at + 1;
    while (end < line.length() && Character.isLetterOrDigit(line.charAt(end))) {
      end++;
    }
    String rest = line.substring(end);
    String content = rest.substring(Space.skip(rest, 0, rest.length()));
    if (end == at + 4) {
      return content.startsWith("{");
    }
    boolean separate = content.isEmpty() || content.length() < rest.length();
    return TagName.isKnown(line.substring(at + 1, end))
        && (separate || "({[".indexOf(content.charAt(0)) >= 0);
  }
}
