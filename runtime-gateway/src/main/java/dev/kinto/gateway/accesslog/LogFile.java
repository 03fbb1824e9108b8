package dev.kinto.gateway.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lines are appended to: a file, or standard output. A disk that is full loses lines, and the
 * log says so once; as soon as there is room they are written again.
 */
final class LogFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogFile.class.getName());

  private final Optional<Path> path;
  private @Nullable OutputStream out;
  private boolean failed;

  /** Appends to this file; empty: to standard output. */
  LogFile(Optional<Path> path) {
    this.path = path;
  }

  /** Appends whole lines. */
  synchronized void write(byte[] lines) {
    try {
      OutputStream open = out == null ? open() : out;
      out = open;
      open.write(lines);
      if (failed) {
        LOG.log(Level.INFO, "The access log {0} is written again", name());
      }
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.log(
            Level.WARNING,
            "The access log {0} cannot be written, and lines are lost until it can: {1}",
            name(),
            e.getMessage());
      }
      failed = true;
      reopen();
    }
  }

  private OutputStream open() throws IOException {
    return path.isPresent()
        ? Files.newOutputStream(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        : new FileOutputStream(FileDescriptor.out);
  }

  private String name() {
    return path.map(Path::toString).orElse("on standard output");
  }

  /** The next line goes to the file that has the name then. */
  synchronized void reopen() {
    if (path.isPresent()) {
      close();
    }
  }

  /** Standard output is not ours to close. */
  @Override
  public synchronized void close() {
    OutputStream open = out;
    out = null;
    if (open != null && path.isPresent()) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "The access log could not be closed", e);
      }
    }
  }
}
