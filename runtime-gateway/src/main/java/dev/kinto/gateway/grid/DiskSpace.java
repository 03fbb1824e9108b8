package dev.kinto.gateway.grid;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room the disk has on which entries are kept. Ignite cannot go on once it found the disk
 * full, so before that nothing more is added, and then nothing more is written. Safe for use by any
 * number of threads.
 */
final class DiskSpace {
  private static final long MIB = 1024L * 1024;

  /** Pages that are not on the disk yet, and segments of the log that are still to come. */
  private static final long FULL = 96 * MIB;

  private static final long NEARLY_FULL = 4 * FULL;

  /** What a node writes by itself, without any write of a client. */
  private static final long EXHAUSTED = 32 * MIB;

  private final Path folder;

  DiskSpace(Path folder) {
    this.folder = folder;
  }

  /** How full the disk is; if it does not say, a write will. */
  GridMemory look() {
    try {
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace();
      // A disk that is small, but empty, is not nearly full.
      long nearly = Math.min(NEARLY_FULL, Math.max(FULL, store.getTotalSpace() / 5));
      return free < EXHAUSTED
          ? GridMemory.DISK_EXHAUSTED
          : free < FULL
              ? GridMemory.DISK_FULL
              : free < nearly ? GridMemory.DISK_NEARLY_FULL : GridMemory.ROOMY;
    } catch (IOException e) {
      return GridMemory.ROOMY;
    }
  }
}
