package dev.kinto.gateway.config;

import dev.kinto.gateway.session.SessionGrid;

/**
 * Where sessions are kept (contract C37).
 *
 * @param memory what they may take outside the heap, in bytes
 */
public record GridConfig(long memory) {
  private static final long DEFAULT_MEMORY = 1L << 30;

  static GridConfig read(Section section) {
    section.optional("mode", GridConfig::mode);
    GridConfig grid =
        new GridConfig(
            section
                .optional("memory", Scalars.size(SessionGrid.LEAST_MEMORY, Long.MAX_VALUE))
                .orElse(DEFAULT_MEMORY));
    section.refuseOthers();
    return grid;
  }

  private static String mode(String text) {
    if (!text.equals("embedded")) {
      throw new IllegalArgumentException("only \"embedded\" is supported yet.");
    }
    return text;
  }
}
