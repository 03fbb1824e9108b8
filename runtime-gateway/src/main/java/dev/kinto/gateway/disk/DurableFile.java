package dev.kinto.gateway.disk;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;

/**
 * Writes files that are there whole or not at all, also after a loss of power: the content is
 * forced to disk under another name, then it gets its own, and the folder is forced to disk too.
 */
public final class DurableFile {
  private static final int BUFFER = 64 * 1024;

  private DurableFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file in place of the one that may be there; a reader finds the old one or the new one.
   *
   * @param text written as UTF-8
   */
  public static void replace(Path file, String text) throws IOException {
    replace(file, of(text));
  }

  /** Writes a file in place of the one that may be there, likewise, piece by piece. */
  public static void replace(Path file, Content content) throws IOException {
    write(file, content, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
    write(file, of(text));
  }

  /** Removes what a process left behind that ended while it wrote a file. */
  public static void discardUnfinished(Path file) throws IOException {
    Files.deleteIfExists(next(file));
  }

  private static Content of(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, Content content, CopyOption... how) throws IOException {
    Path next = next(file);
    // Not a channel, which would be closed when the thread is interrupted.
    try (FileOutputStream written = new FileOutputStream(next.toFile());
        OutputStream buffered = new BufferedOutputStream(written, BUFFER)) {
      content.writeTo(buffered);
      buffered.flush();
      written.getFD().sync();
    }
    Files.move(next, file, how);
    forceFolder(file.toAbsolutePath().resolveSibling(""));
  }

  private static Path next(Path file) {
    return file.resolveSibling(file.getFileName() + ".next");
  }

  /**
   * Forces to disk which files are in a folder. Not every system lets a folder be opened; where it
   * does not, it looks after that itself.
   */
  public static void forceFolder(Path folder) throws IOException {
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
