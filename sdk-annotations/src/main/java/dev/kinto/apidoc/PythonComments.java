package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's docstrings and other strings in three quotes of either kind, since the apidoc tool takes
 * all of them for comments, and the blocks of lines that begin with {@code #}.
 */
final class PythonComments implements CommentSyntax {

  @Override
  public List<SourceComment> commentsIn(List<String> lines) {
    return new Scanner(lines).scan();
  }

  /** One pass over a file that knows whether it is inside a string. */
  private static final class Scanner {
    private final List<String> lines;
    private final List<SourceComment> comments = new ArrayList<>();

    /** The three quotes that end the string that the scanner is in. */
    private @Nullable String quotes;

    /** Where the text of that string goes. */
    private SourceComment.@Nullable Lines docstring;

    private SourceComment.@Nullable Lines block;

    Scanner(List<String> lines) {
      this.lines = lines;
    }

    List<SourceComment> scan() {
      for (int i = 0; i < lines.size(); i++) {
        int start = quotes == null ? 0 : stringLine(lines.get(i), 0);
        if (start >= 0) {
          codeLine(i, start);
        }
      }
      endBlock();
      return comments;
    }

    private void codeLine(int lineIndex, int start) {
      String line = lines.get(lineIndex);
      int first = Space.skip(line, start, line.length());
      if (start == 0 && first < line.length() && line.charAt(first) == '#') {
        blockLine(lineIndex, first);
        return;
      }
      endBlock();
      int at = first;
      while (at >= 0 && at < line.length() && line.charAt(at) != '#') {
        char c = line.charAt(at);
        if (c != '"' && c != '\'') {
          at++;
        } else if (line.startsWith(String.valueOf(c).repeat(3), at)) {
          quotes = String.valueOf(c).repeat(3);
          docstring = new SourceComment.Lines(lineIndex + 1);
          at = stringLine(line, at + 3);
        } else {
          at = afterQuote(line, at + 1, String.valueOf(c));
          at = at < 0 ? line.length() : at;
        }
      }
    }

    private void blockLine(int lineIndex, int first) {
      String line = lines.get(lineIndex);
      int content = first;
      while (content < line.length() && line.charAt(content) == '#') {
        content++;
      }
      if (block == null) {
        block = new SourceComment.Lines(lineIndex + 1);
      }
      block.add(line, content, line.length());
    }

    private void endBlock() {
      if (block != null) {
        comments.add(block.comment());
        block = null;
      }
    }

    /** Reads a line of a string in three quotes; gives where code goes on, or -1 if nowhere. */
    private int stringLine(String line, int start) {
      String closing = String.valueOf(quotes);
      int after = afterQuote(line, start, closing);
      if (docstring != null) {
        docstring.add(line, start, after < 0 ? line.length() : after - closing.length());
      }
      if (after >= 0) {
        if (docstring != null) {
          comments.add(docstring.comment());
        }
        quotes = null;
        docstring = null;
      }
      return after;
    }

    private static int afterQuote(String line, int start, String closing) {
      for (int at = start; at < line.length(); at++) {
        if (line.charAt(at) == '\\') {
          at++;
        } else if (line.startsWith(closing, at)) {
          return at + closing.length();
        }
      }
      return -1;
    }
  }
}
