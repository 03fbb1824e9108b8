package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.GridView.Mode;
import dev.kinto.gateway.admin.GridView.NodeView;
import dev.kinto.gateway.grid.GridMemory;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionGrid;
import java.util.List;
import java.util.Optional;

/** Tells of the grid. */
final class GridReport {
  private GridReport() {}

  static GridView of(SessionGrid grid, GridSettings settings) {
    Optional<GridMemory> memory = memory(grid);
    List<NodeView> nodes =
        grid.nodes().stream().map(each -> new NodeView(each.address(), each.self())).toList();
    return new GridView(
        mode(settings),
        grid.isAvailable(),
        memory,
        memory.flatMap(GridMemory::remark),
        grid.sessions(),
        settings instanceof GridSettings.Cluster cluster
            ? Optional.of(cluster.size())
            : Optional.empty(),
        nodes);
  }

  /** A node without a majority knows nothing of it. */
  private static Optional<GridMemory> memory(SessionGrid grid) {
    try {
      return Optional.of(grid.memory());
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private static Mode mode(GridSettings settings) {
    return switch (settings) {
      case GridSettings.Embedded _ -> Mode.EMBEDDED;
      case GridSettings.Cluster _ -> Mode.CLUSTER;
      case GridSettings.Client _ -> Mode.CLIENT;
    };
  }
}
