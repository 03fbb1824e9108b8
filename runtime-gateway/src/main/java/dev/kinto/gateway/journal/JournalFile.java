package dev.kinto.gateway.journal;

import dev.kinto.gateway.disk.DurableFile;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** One file of a {@link Journal}. Safe for use by any number of threads. */
final class JournalFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JournalFile.class.getName());

  /** A smaller one is not tidied. */
  private static final long SMALL = 256 * 1024;

  private final Path path;
  private final Journal.Form form;
  private final boolean fsync;

  /** Held while one of all files is tidied: each takes heap for a moment. */
  private final ReentrantLock tidying;

  /** Not a channel, which would be closed when a thread is interrupted that writes. */
  private FileOutputStream out;

  private long size;
  private long untidy;

  private JournalFile(Path path, Journal.Form form, boolean fsync, ReentrantLock tidying, long size)
      throws IOException {
    this.path = path;
    this.form = form;
    this.fsync = fsync;
    this.tidying = tidying;
    this.size = size;
    this.untidy = untidy(size);
    this.out = new FileOutputStream(path.toFile(), true);
  }

  private static long untidy(long size) {
    return Math.max(SMALL, 2 * size);
  }

  static JournalFile open(Path path, Journal.Form form, boolean fsync, ReentrantLock tidying)
      throws IOException {
    DurableFile.discardUnfinished(path);
    boolean exists = Files.exists(path);
    long size = exists ? Records.read(Files.readAllBytes(path), path, form).end() : 0;
    JournalFile file = new JournalFile(path, form, fsync, tidying, size);
    file.cut(size);
    return file;
  }

  synchronized void append(UUID key, byte[] entry) throws IOException {
    byte[] bytes = Records.record(key, entry);
    write(bytes);
    size += bytes.length;
    if (size > untidy && tidying.tryLock()) {
      try {
        tidy();
      } finally {
        tidying.unlock();
      }
    }
  }

  private void write(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      if (fsync) {
        out.getFD().sync();
      }
    } catch (IOException e) {
      cut(size); // what is half written would hide all that comes behind it
      throw e;
    }
  }

  private void cut(long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    }
  }

  synchronized Map<UUID, byte[]> newest() throws IOException {
    return Records.read(Files.readAllBytes(path), path, form).newest();
  }

  synchronized boolean isEmpty() {
    return size == 0;
  }

  /** What fails leaves a whole file, the one before or the tidied one, which can be appended to. */
  private void tidy() throws IOException {
    try {
      DurableFile.replace(path, this::writeNewest);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The file {0} could not be tidied: {1}", path, e.toString());
    }
    out.close();
    out = new FileOutputStream(path.toFile(), true);
    size = Files.size(path);
    untidy = untidy(size);
  }

  private void writeNewest(OutputStream next) throws IOException {
    for (Map.Entry<UUID, byte[]> each : newest().entrySet()) {
      next.write(Records.record(each.getKey(), each.getValue()));
    }
  }

  synchronized void clear() throws IOException {
    cut(0);
    size = 0;
    untidy = SMALL;
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
