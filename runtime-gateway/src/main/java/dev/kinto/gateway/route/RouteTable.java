package dev.kinto.gateway.route;

import dev.kinto.gateway.contracts.RouteTree;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one microservice as requests find them (contract C11, C21).
 *
 * <p>Paths are matched raw. A second tree, of decoded segments, tells whether a server behind,
 * which decodes before it matches, would see another route: {@code /articles/n%65w} is {@code
 * /articles/{id}} here and {@code /articles/new} there.
 */
final class RouteTable {
  private final List<BoundRoute> all;
  private final RouteTree<BoundRoute> raw = new RouteTree<>();
  private final RouteTree<BoundRoute> decoded = new RouteTree<>();

  RouteTable(List<BoundRoute> routes) {
    all = List.copyOf(routes);
    for (BoundRoute bound : routes) {
      String method = bound.route().method();
      raw.add(bound.route().path(), UnaryOperator.identity(), method, bound);
      decoded.add(bound.route().path(), RouteTable::decoded, method, bound);
    }
  }

  /** All routes, in the order of the manifest. */
  List<BoundRoute> all() {
    return all;
  }

  /**
   * The route that a request hits.
   *
   * @param path the raw path below the microservice, beginning with {@code /}
   * @return null if no route of this method has such a path
   */
  @Nullable BoundRoute find(String method, String path) {
    return raw.find(method, path);
  }

  /** Whether a server that decodes the path, once or more often, finds this route too. */
  boolean isFoundDecoded(BoundRoute route, String method, String path) {
    return path.indexOf('%') < 0 || route.equals(decoded.find(method, decoded(path)));
  }

  private static String decoded(String text) {
    return Escapes.undo(text, _ -> {});
  }

  /** The methods of all routes whose template fits the path, sorted; empty if none does. */
  Set<String> methods(String path) {
    return raw.methods(path);
  }
}
