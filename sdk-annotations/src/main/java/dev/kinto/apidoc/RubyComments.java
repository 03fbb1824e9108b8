package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ruby's comments between {@code =begin} and {@code =end}, which stand at the beginning of a line.
 */
final class RubyComments implements CommentSyntax {
  private static final String BEGIN = "=begin";
  private static final String END = "=end";

  @Override
  public List<SourceComment> commentsIn(List<String> lines) {
    List<SourceComment> comments = new ArrayList<>();
    SourceComment.@Nullable Lines content = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (content == null && isMark(line, BEGIN)) {
        content = new SourceComment.Lines(i + 1);
        content.add(line, BEGIN.length(), line.length());
      } else if (content != null && isMark(line, END)) {
        comments.add(content.comment());
        content = null;
      } else if (content != null) {
        content.add(line, 0, line.length());
      }
    }
    return comments;
  }

  private static boolean isMark(String line, String mark) {
    return line.startsWith(mark)
        && (line.length() == mark.length() || Character.isWhitespace(line.charAt(mark.length())));
  }
}
