package dev.kinto.gateway;

import dev.kinto.gateway.config.ConfigDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that the gateway keeps its own files in, as a start finds it. */
final class DataDirectory {
  private static final String KEY = "dataDirectory";

  private DataDirectory() {}

  /** Notes a folder that cannot be written to, or not be made; leaves nothing behind. */
  static void check(ConfigDraft draft) {
    Path there = draft.readable().dataDirectory();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      // Only the attempt tells: rights say nothing of read-only and virtual file systems.
      Files.delete(Files.createTempDirectory(there, "kinto"));
    } catch (IOException e) {
      draft
          .problems()
          .found(
              KEY,
              "a folder that can be written to is wanted, or a place for one; no file may be in its"
                  + " way, and what is above it must be writable.");
      draft.problems().doubt(KEY);
    }
  }
}
