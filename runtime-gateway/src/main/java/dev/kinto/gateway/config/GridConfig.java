package dev.kinto.gateway.config;

import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.grid.GridSettings.Embedded;
import dev.kinto.gateway.grid.GridSettings.Storage;

/** Reads where sessions are kept (contract C37, C43). */
final class GridConfig {
  private static final long DEFAULT_MEMORY = 1L << 30;

  private GridConfig() {}

  static GridSettings read(Section section) {
    section.optional("mode", GridConfig::mode);
    Storage storage =
        Storage.ofMemory(
            section
                .optional("memory", Scalars.size(GridSettings.LEAST_MEMORY, Long.MAX_VALUE))
                .orElse(DEFAULT_MEMORY));
    section.refuseOthers();
    return new Embedded(storage);
  }

  private static String mode(String text) {
    if (!text.equals("embedded")) {
      throw new IllegalArgumentException("only \"embedded\" is supported yet.");
    }
    return text;
  }
}
