package dev.kinto.apidoc;

import dev.kinto.declaration.Position;
import java.util.Comparator;

/**
 * A place in a source file, which prints as compilers do: {@code auth.js:12:30}.
 *
 * @param file the file as it was named, or as it was found below a folder that was named
 * @param line counted from 1
 * @param column counted from 1 in UTF-16 characters; a tab is one
 */
public record SourcePosition(String file, int line, int column)
    implements Position, Comparable<SourcePosition> {

  private static final Comparator<SourcePosition> ORDER =
      Comparator.comparing(SourcePosition::file)
          .thenComparingInt(SourcePosition::line)
          .thenComparingInt(SourcePosition::column);

  @Override
  public boolean isInHistory() {
    return Position.isHistory(file);
  }

  @Override
  public int compareTo(SourcePosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
