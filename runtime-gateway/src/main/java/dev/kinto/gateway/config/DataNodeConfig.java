package dev.kinto.gateway.config;

import dev.kinto.gateway.grid.GridSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a data node without a gateway (contract C37, C41): the same {@code grid:} as
 * that of a gateway, and the same {@code admin.index}. Nothing else of a gateway's may stand in it,
 * so that its secrets stay where they are needed.
 *
 * @param grid where entries are kept
 * @param dataDirectory where the node keeps its own files
 * @param index the fields by whose values sessions are found, folded
 * @param health where its health is told; empty: nowhere
 */
public record DataNodeConfig(
    GridSettings.Cluster grid,
    Path dataDirectory,
    Set<String> index,
    Optional<ListenerConfig> health) {
  private static final int ADMIN_PORT = 9090;

  /** Copies the set. */
  public DataNodeConfig {
    index = Set.copyOf(index);
  }

  /**
   * Reads a file. Relative paths in it are relative to the file.
   *
   * @throws InvalidConfigException that lists every problem
   */
  public static DataNodeConfig read(Path file) throws InvalidConfigException {
    return read(file, System.getenv());
  }

  /** Reads a file with these environment variables. */
  static DataNodeConfig read(Path file, Map<String, String> variables)
      throws InvalidConfigException {
    ConfigFile source = new ConfigFile(file, variables::get, InetAddress::getByName);
    Section root = source.root();
    Optional<ListenerConfig> health = Optional.empty();
    if (root.has("listeners")) {
      Section listeners = root.section("listeners");
      health = Optional.of(ListenerConfig.read(listeners, "admin", ADMIN_PORT));
      listeners.refuseOthers();
      health.get().requireOwn("admin", source.problems());
    }
    GridSettings grid = GridConfig.read(root.section("grid"));
    Path data = root.optional("dataDirectory", root::path).orElseGet(() -> root.path("kinto-data"));
    Section admin = root.section("admin");
    Set<String> index = AdminConfig.readIndex(admin);
    admin.refuseOthers();
    root.refuseOthers();
    if (grid instanceof GridSettings.Cluster cluster) {
      requireClientPort(root, cluster);
      orThrow(source);
      return new DataNodeConfig(cluster, data, index, health);
    }
    root.problem(
        "grid.mode",
        "a data node belongs to a grid: \"cluster\" is wanted, with \"members\" and \"size\".");
    throw new InvalidConfigException(source.problems().listed());
  }

  private static void requireClientPort(Section root, GridSettings.Cluster cluster) {
    if (cluster.address().clientPort().isEmpty()) {
      root.problem(
          "grid.address",
          "nobody could use a data node without \"clientPort\": gateways with \"mode: client\" name"
              + " it among their members.");
    }
  }

  private static void orThrow(ConfigFile source) throws InvalidConfigException {
    List<String> problems = source.problems().listed();
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }
}
