package dev.kinto.gateway.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * Writes files that are there whole or not at all, also after a loss of power: the content is
 * forced to disk under another name, then it gets its own, and the folder is forced to disk too.
 */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Writes a file in place of the one that may be there; a reader finds the old one or the new one.
   *
   * @param text written as UTF-8
   */
  public static void replace(Path file, String text) throws IOException {
    write(file, text, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes a file that is not there yet.
   *
   * @param text written as UTF-8
   * @param attributes what it has from its first moment on
   * @throws FileAlreadyExistsException if it is there
   */
  public static void create(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path next = next(file);
    Files.deleteIfExists(next);
    Files.createFile(next, attributes);
    write(file, text);
  }

  private static void write(Path file, String text, CopyOption... how) throws IOException {
    Path next = next(file);
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (FileChannel written =
        FileChannel.open(
            next,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING))) {
      while (bytes.hasRemaining()) {
        written.write(bytes);
      }
      written.force(true);
    }
    Files.move(next, file, how);
    forceFolder(file.toAbsolutePath().resolveSibling(""));
  }

  private static Path next(Path file) {
    return file.resolveSibling(file.getFileName() + ".next");
  }

  /** Not every system lets a folder be opened; where it does not, it looks after that itself. */
  private static void forceFolder(Path folder) throws IOException {
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }
}
