package dev.kinto.gateway.disk;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files, and nothing else that a path may name: whoever reads a named pipe or a device may
 * wait for ever, and a start or a reload with him.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * The text of a file in UTF-8.
   *
   * @throws NotAFileException if something else is there
   */
  public static String read(Path file) throws IOException {
    return read(file, StandardCharsets.UTF_8);
  }

  /**
   * The text of a file.
   *
   * @throws NotAFileException if something else is there
   */
  public static String read(Path file, Charset charset) throws IOException {
    require(file);
    return Files.readString(file, charset);
  }

  /**
   * Refuses what is there and is no file; whoever opens what is not there is told that then.
   *
   * @throws NotAFileException if something else is there
   */
  public static void require(Path file) throws NotAFileException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new NotAFileException(file);
    }
  }
}
