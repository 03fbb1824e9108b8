package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;

/**
 * Comments between slash, two stars and star, slash: JavaScript, TypeScript, Java, Kotlin, Go, PHP,
 * C# and many others.
 *
 * <p>A comment counts where it begins its line. So no string ({@code "src/**"}), regular expression
 * or line comment of any of these languages is taken for one, without knowing their rules.
 */
final class SlashStarComments implements CommentSyntax {

  @Override
  public List<SourceComment> commentsIn(List<String> lines) {
    List<SourceComment> comments = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int start = skipSpace(line, 0, line.length());
      if (line.startsWith("/*", start)) {
        boolean wanted = line.startsWith("/**", start) && !line.startsWith("/**/", start);
        SourceComment.Lines content = new SourceComment.Lines(i + 1);
        int last = read(lines, i, start + 2, content);
        if (wanted && last < lines.size()) {
          comments.add(content.comment());
        }
        i = last;
      }
    }
    return comments;
  }

  /**
   * Reads to the end of a comment and gives its last line; the number of lines if it has no end.
   */
  private static int read(
      List<String> lines, int firstLine, int start, SourceComment.Lines content) {
    for (int i = firstLine; i < lines.size(); i++) {
      String line = lines.get(i);
      int from = i == firstLine ? start : 0;
      int close = line.indexOf("*/", from);
      int end = close < 0 ? line.length() : trimStars(line, from, close);
      content.add(line, i == firstLine ? skipStars(line, from, end) : begin(line, end), end);
      if (close >= 0) {
        return i;
      }
    }
    return lines.size();
  }

  /** Where a line's text begins: without a star its indentation may be that of an example. */
  private static int begin(String line, int end) {
    int star = skipSpace(line, 0, end);
    return star == end || line.charAt(star) == '*' ? skipStars(line, star, end) : 0;
  }

  private static int skipSpace(String line, int start, int end) {
    int at = start;
    while (at < end && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipStars(String line, int start, int end) {
    int at = start;
    while (at < end && line.charAt(at) == '*') {
      at++;
    }
    return at;
  }

  /** The closing mark may be more than one star, as in a frame of them. */
  private static int trimStars(String line, int start, int end) {
    int at = end;
    while (at > start && line.charAt(at - 1) == '*') {
      at--;
    }
    return at;
  }
}
