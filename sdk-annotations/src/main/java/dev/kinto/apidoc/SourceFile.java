package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The text of one file.
 *
 * @param file where it is
 * @param lines its lines, without line breaks and byte order mark
 * @param whole whether it was read to its end
 * @param unicode whether it is UTF-8, or UTF-16 with a byte order mark; else what is no ASCII is
 *     replaced: it stands in no name
 */
public record SourceFile(Path file, List<String> lines, boolean whole, boolean unicode) {
  /** No source that people write is larger. */
  private static final int LARGEST = 8 << 20;

  /** As much of a file is looked at to see whether it is text. */
  private static final int BEGINNING = 8192;

  /** Copies the list. */
  public SourceFile {
    lines = List.copyOf(lines);
  }

  /** Reads a file; empty if it holds no text. */
  public static Optional<SourceFile> read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST);
    }
    Optional<Charset> marked = marked(bytes);
    if (marked.isEmpty() && isBinary(bytes)) {
      return Optional.empty();
    }
    Charset charset = marked.orElse(StandardCharsets.UTF_8);
    boolean whole = bytes.length < LARGEST;
    String content;
    boolean unicode = true;
    try {
      content = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      content = new String(bytes, charset);
      unicode = !whole;
    }
    return Optional.of(new SourceFile(file, lines(content), whole, unicode));
  }

  private static Optional<Charset> marked(byte[] bytes) {
    if (bytes.length < 2) {
      return Optional.empty();
    }
    int mark = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    return mark == 0xFEFF || mark == 0xFFFE
        ? Optional.of(StandardCharsets.UTF_16)
        : Optional.empty();
  }

  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, BEGINNING); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** The lines of a text, without a byte order mark. */
  static List<String> lines(String content) {
    return content.substring(content.startsWith("\uFEFF") ? 1 : 0).lines().toList();
  }

  /** What keeps its tags from being read whole, or as they are written. */
  Optional<Mistake> defect() {
    if (!whole) {
      return Optional.of(
          Rule.APIDOC_SOURCE.at(
              position(1),
              "Only the first 8 MiB of this file are read. Name its folder _kintoignore if it is no"
                  + " source, or split it."));
    }
    return unicode
        ? Optional.empty()
        : Optional.of(
            Rule.APIDOC_SOURCE.at(
                position(1), "This file is not UTF-8: other characters are lost. Convert it."));
  }

  private SourcePosition position(int line) {
    return new SourcePosition(file.toString(), line, 1);
  }
}
