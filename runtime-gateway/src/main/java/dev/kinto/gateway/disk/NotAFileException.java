package dev.kinto.gateway.disk;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** There is a folder, a named pipe or a device where a file is wanted. */
public final class NotAFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  NotAFileException(Path file) {
    super(file.toString(), null, mend(file));
  }

  private static String mend(Path file) {
    return "a file is wanted, and this is "
        + (Files.isDirectory(file) ? "a folder." : "a named pipe or a device.");
  }
}
