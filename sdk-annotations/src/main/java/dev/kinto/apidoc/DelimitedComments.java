package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Comments between two marks, found as the apidoc tool finds them: wherever the marks stand in a
 * line, whatever the language says of strings and of other comments. So nothing that the tool reads
 * is lost. What a glob such as {@code "src/**"} seems to begin ends with the next real comment, and
 * only that one's text is taken.
 */
final class DelimitedComments implements CommentSyntax {
  private static final String TAG = "@api";

  private final List<Marks> marks;
  private final String lineStart;

  /**
   * What stands around a comment.
   *
   * @param open the text that begins it
   * @param close the text that ends it, at least one character later
   */
  record Marks(String open, String close) {}

  /**
   * A syntax.
   *
   * @param lineStart the character that may begin each line of a comment, or empty
   * @param marks those that a comment may stand between
   */
  DelimitedComments(String lineStart, Marks... marks) {
    this.lineStart = lineStart;
    this.marks = List.of(marks);
  }

  @Override
  public List<SourceComment> commentsIn(List<String> lines) {
    String text = String.join("\n", lines);
    List<Pair> pairs = marks.stream().map(each -> new Pair(text, each)).toList();
    Search tag = new Search(text, TAG);
    List<SourceComment> comments = new ArrayList<>();
    int line = 0;
    int lineOffset = 0;
    for (int from = 0; ; ) {
      int after = from;
      Optional<Pair> next = pairs.stream().filter(pair -> pair.moveTo(after)).min(Pair.ORDER);
      if (next.isEmpty()) {
        return comments;
      }
      int end = next.get().end;
      int start = innermostStart(text, next.get(), tag.from(next.get().start));
      while (lineOffset + lines.get(line).length() < start) {
        lineOffset += lines.get(line).length() + 1;
        line++;
      }
      comments.add(comment(lines, line, start - lineOffset, end - start));
      from = end + next.get().marks.close().length();
    }
  }

  /** Where the text of the comment begins that holds the first tag, or of the last one. */
  private static int innermostStart(String text, Pair found, int tag) {
    int before = tag < 0 || tag >= found.end ? found.end - 1 : tag;
    String open = found.marks.open();
    int inner = text.lastIndexOf(open, before - open.length());
    return Math.max(found.start, inner + open.length());
  }

  /** The next place of a text, looked for once. */
  private static final class Search {
    private final String text;
    private final String wanted;
    private int found;

    Search(String text, String wanted) {
      this.text = text;
      this.wanted = wanted;
      this.found = text.indexOf(wanted);
    }

    /** The first place that is not before an offset; -1 if there is none. */
    int from(int offset) {
      if (found >= 0 && found < offset) {
        found = text.indexOf(wanted, offset);
      }
      return found;
    }
  }

  /** The next comment between two marks, from the offset after the first to that of the last. */
  private static final class Pair {
    static final Comparator<Pair> ORDER =
        Comparator.<Pair>comparingInt(pair -> pair.start).thenComparingInt(pair -> pair.end);

    private final Marks marks;
    private final Search open;
    private final Search close;
    private int start;
    private int end;

    Pair(String text, Marks marks) {
      this.marks = marks;
      this.open = new Search(text, marks.open());
      this.close = new Search(text, marks.close());
    }

    /** Goes to the first comment from an offset on; false if there is none. */
    boolean moveTo(int offset) {
      int opened = open.from(offset);
      start = opened + marks.open().length();
      end = opened < 0 ? -1 : close.from(start + 1);
      return end >= 0;
    }
  }

  private SourceComment comment(List<String> lines, int firstLine, int start, int length) {
    SourceComment.Lines content = new SourceComment.Lines(firstLine + 1);
    int left = length;
    int from = start;
    for (int i = firstLine; left >= 0; i++) {
      String line = lines.get(i);
      int end = Math.min(line.length(), from + left);
      boolean last = from + left <= line.length();
      int stop = last ? trimEnd(line, from, end) : end;
      content.add(line, begin(line, from, stop), stop);
      left -= line.length() - from + 1;
      from = 0;
      if (last) {
        break;
      }
    }
    return content.comment();
  }

  /** Where a line's text begins: without the mark its indentation may be that of an example. */
  private int begin(String line, int start, int end) {
    int mark = Space.skip(line, start, end);
    boolean marked = !lineStart.isEmpty() && line.startsWith(lineStart, mark);
    return mark == end || marked ? skipMarks(line, mark, end) : start;
  }

  private int skipMarks(String line, int start, int end) {
    int at = start;
    while (at < end && !lineStart.isEmpty() && line.startsWith(lineStart, at)) {
      at++;
    }
    return at;
  }

  /** The closing mark may be more than one star, as in a frame of them. */
  private int trimEnd(String line, int start, int end) {
    int at = end;
    while (at > start && !lineStart.isEmpty() && line.startsWith(lineStart, at - 1)) {
      at--;
    }
    return at;
  }
}
