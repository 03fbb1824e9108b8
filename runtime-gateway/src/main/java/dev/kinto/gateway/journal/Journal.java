package dev.kinto.gateway.journal;

import dev.kinto.gateway.disk.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the newest bytes of each key on a disk. What {@link #put} wrote survives the end of the
 * process, however it ends; with {@code fsync} also that of the operating system and of the power.
 *
 * <p>A key belongs to one of {@link #FILES} files, which only grow: what was put is appended. One
 * that has doubled since it was last tidied is written anew, without what is older or over. So the
 * folder takes at most about twice what its newest entries take, and nothing of them is on the
 * heap.
 *
 * <p>Safe for use by any number of threads. One process at a time may use a folder.
 */
public final class Journal implements AutoCloseable {
  /** So many that tidying one delays few, and so few that all may be open. */
  private static final int FILES = 64;

  private final List<JournalFile> files;

  /** What the bytes of an entry say of it. */
  public interface Form {
    /** Whether the first ones replace the second ones of the same key. */
    boolean isNewer(byte[] one, byte[] than);

    /** Whether nobody needs them any more. */
    boolean isOver(byte[] bytes);
  }

  /** What is done to an entry. */
  @FunctionalInterface
  public interface Visitor {
    void visit(UUID key, byte[] bytes);
  }

  private Journal(List<JournalFile> files) {
    this.files = files;
  }

  /**
   * Opens the one of a folder, which is made if it is not there.
   *
   * @param fsync whether {@link #put} waits for the disk, and not only for the operating system
   * @throws DamagedException if something in it is not what was written
   */
  public static Journal open(Path folder, Form form, boolean fsync) throws IOException {
    Files.createDirectories(folder);
    ReentrantLock tidying = new ReentrantLock();
    List<JournalFile> files = new ArrayList<>();
    Journal journal = new Journal(files);
    try {
      for (int i = 0; i < FILES; i++) {
        files.add(
            JournalFile.open(folder.resolve("%02d.journal".formatted(i)), form, fsync, tidying));
      }
      DurableFile.forceFolder(folder);
      return journal;
    } catch (IOException | RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  /** Writes the bytes of a key, older ones too: those count for nothing. */
  public void put(UUID key, byte[] bytes) throws IOException {
    file(key).append(key, bytes);
  }

  private JournalFile file(UUID key) {
    return files.get(Math.floorMod(key.hashCode(), FILES));
  }

  /** Visits the newest bytes of each key, unless they are over. */
  public void forEach(Visitor visitor) throws IOException {
    for (JournalFile each : files) {
      for (Map.Entry<UUID, byte[]> entry : each.newest().entrySet()) {
        visitor.visit(entry.getKey(), entry.getValue());
      }
    }
  }

  /** Whether nothing was ever put since the last {@link #clear}. */
  public boolean isEmpty() {
    return files.stream().allMatch(JournalFile::isEmpty);
  }

  /** Forgets everything. */
  public void clear() throws IOException {
    for (JournalFile each : files) {
      each.clear();
    }
  }

  @Override
  public void close() throws IOException {
    for (JournalFile each : files) {
      each.close();
    }
  }
}
