package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ruby's comments between {@code =begin} and {@code =end}, which stand at the beginning of a line,
 * and apidoc's own form: lines that begin with {@code #}, between {@code #**} and {@code #*}.
 */
final class RubyComments implements CommentSyntax {
  private static final Marks RUBYS_OWN = new Marks("=begin", "=end", false);
  private static final Marks APIDOCS = new Marks("#**", "#*", true);

  /**
   * What stands around a comment.
   *
   * @param begin the word on its first line
   * @param end the word on its last line
   * @param hashes whether they may be indented, and a {@code #} begins each line between them
   */
  private record Marks(String begin, String end, boolean hashes) {
    /** Where a line goes on after a mark; -1 if the mark does not begin it. */
    int after(String mark, String line) {
      int start = hashes ? skipSpace(line) : 0;
      int end = start + mark.length();
      boolean alone = line.length() == end || (line.length() > end && isSpace(line.charAt(end)));
      return line.startsWith(mark, start) && alone ? end : -1;
    }

    int content(String line) {
      int start = skipSpace(line);
      return hashes && start < line.length() && line.charAt(start) == '#' ? start + 1 : 0;
    }

    private static int skipSpace(String line) {
      return line.length() - line.stripLeading().length();
    }

    private static boolean isSpace(char c) {
      return Character.isWhitespace(c);
    }
  }

  @Override
  public List<SourceComment> commentsIn(List<String> lines) {
    List<SourceComment> comments = new ArrayList<>();
    SourceComment.@Nullable Lines content = null;
    Marks marks = RUBYS_OWN;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (content == null) {
        marks = APIDOCS.after(APIDOCS.begin(), line) < 0 ? RUBYS_OWN : APIDOCS;
        int start = marks.after(marks.begin(), line);
        if (start >= 0) {
          content = new SourceComment.Lines(i + 1);
          content.add(line, start, line.length());
        }
      } else if (marks.after(marks.end(), line) >= 0) {
        comments.add(content.comment());
        content = null;
      } else {
        content.add(line, marks.content(line), line.length());
      }
    }
    return comments;
  }
}
