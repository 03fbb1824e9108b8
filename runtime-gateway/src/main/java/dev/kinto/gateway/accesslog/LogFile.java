package dev.kinto.gateway.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lines are appended to: a file, or standard output. A disk that is full loses lines, and the
 * log says so once; as soon as there is room they are written again. One thread writes and closes,
 * and may have to wait for whoever reads; nobody waits for it.
 */
final class LogFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogFile.class.getName());
  private static final byte[] END_OF_LINE = {'\n'};

  private final Optional<Path> path;
  private volatile boolean renamed;
  private @Nullable WritableByteChannel out;
  private boolean failed;
  private boolean torn;

  /** Appends to this file; empty: to standard output. */
  LogFile(Optional<Path> path) {
    this.path = path;
  }

  /** Appends whole lines. */
  void write(byte[] lines) {
    if (renamed) {
      renamed = false;
      close();
    }
    try {
      WritableByteChannel open = out == null ? open() : out;
      out = open;
      if (torn) {
        append(END_OF_LINE, open);
      }
      append(lines, open);
      if (failed) {
        LOG.log(Level.INFO, "The access log {0} is written again", name());
      }
      failed = false;
    } catch (IOException e) {
      close();
      if (!failed) {
        LOG.log(
            Level.WARNING,
            "The access log {0} cannot be written, and lines are lost until it can: {1}",
            name(),
            e.getMessage());
      }
      failed = true;
    }
  }

  /** Notes whether it broke off within a line, which the next one must not be glued to. */
  private void append(byte[] lines, WritableByteChannel open) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(lines);
    try {
      while (left.hasRemaining()) {
        open.write(left);
      }
    } finally {
      int written = left.position();
      torn = written == 0 ? torn : lines[written - 1] != '\n';
    }
  }

  private WritableByteChannel open() throws IOException {
    return path.isPresent()
        ? Files.newByteChannel(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        : new FileOutputStream(FileDescriptor.out).getChannel();
  }

  private String name() {
    return path.map(Path::toString).orElse("on standard output");
  }

  /** The next lines go to the file that has the name then. Any thread may say so. */
  void reopen() {
    renamed = true;
  }

  /** Standard output is not ours to close. */
  @Override
  public void close() {
    WritableByteChannel open = out;
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
