package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Grids of one node. */
final class TestGrid {
  private static final TokenKeys KEYS =
      TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));

  private TestGrid() {}

  /** One that is large enough for most tests. */
  static SessionGrid in(Path folder) {
    return in(folder, 64 << 20);
  }

  static SessionGrid in(Path folder, long memory) {
    return SessionGrid.start(
        new GridSettings.Embedded(GridSettings.Storage.ofMemory(memory)), folder, KEYS, Set.of());
  }
}
