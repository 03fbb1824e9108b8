package dev.kinto.gateway;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.grid.GridSettings.Client;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.Embedded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folders that the gateway keeps its own files in, as a start finds them. */
final class DataDirectory {
  private DataDirectory() {}

  /** Notes folders that cannot be written to, or not be made; leaves nothing behind. */
  static void check(ConfigDraft draft) {
    GatewayConfig config = draft.readable();
    check("dataDirectory", config.dataDirectory(), draft);
    persistence(config).ifPresent(folder -> check("grid.persistence", folder, draft));
  }

  private static Optional<Path> persistence(GatewayConfig config) {
    return switch (config.grid()) {
      case Embedded embedded -> embedded.storage().persistence();
      case Cluster cluster -> cluster.storage().persistence();
      case Client _ -> Optional.empty();
    };
  }

  private static void check(String key, Path folder, ConfigDraft draft) {
    Path there = folder;
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
              key,
              "a folder that can be written to is wanted, or a place for one; no file may be in its"
                  + " way, and what is above it must be writable.");
      draft.problems().doubt(key);
    }
  }
}
