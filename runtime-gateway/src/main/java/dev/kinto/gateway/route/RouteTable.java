package dev.kinto.gateway.route;

import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.PathTemplate.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one microservice, found by walking down a tree of path segments: the cost of a
 * match is that of the path's length, not of the number of routes (contract C11, C21).
 *
 * <p>At each segment a literal wins over {@code {x}}, that over {@code {x*}}. A choice that leads
 * to no route with the method is taken back.
 *
 * <p>Paths are matched raw. A second tree, of decoded segments, tells whether a server behind,
 * which decodes before it matches, would see another route: {@code /articles/n%65w} is {@code
 * /articles/{id}} here and {@code /articles/new} there.
 */
final class RouteTable {
  private final Node root = new Node();
  private final Node decodedRoot = new Node();

  RouteTable(List<BoundRoute> routes) {
    for (BoundRoute route : routes) {
      add(root, route, UnaryOperator.identity());
      add(decodedRoot, route, RouteTable::decoded);
    }
  }

  private static void add(Node root, BoundRoute route, UnaryOperator<String> spelling) {
    Node node = root;
    PathTemplate template = route.route().path();
    for (Segment segment : template.segments()) {
      node =
          switch (segment.kind()) {
            case LITERAL ->
                node.literals.computeIfAbsent(spelling.apply(segment.text()), _ -> new Node());
            case PARAMETER -> node.parameter();
            case REST -> node.rest();
          };
    }
    node.byMethod.put(route.route().method(), route);
  }

  /**
   * The route that a request hits.
   *
   * @param path the raw path below the microservice, beginning with {@code /}
   * @return null if no route of this method has such a path
   */
  @Nullable BoundRoute find(String method, String path) {
    return find(root, path, 1, method);
  }

  /** Whether a server that decodes the path, once or more often, finds this route too. */
  boolean isFoundDecoded(BoundRoute route, String method, String path) {
    return path.indexOf('%') < 0 || route.equals(find(decodedRoot, decoded(path), 1, method));
  }

  private static String decoded(String text) {
    return Escapes.undo(text, _ -> {});
  }

  private static @Nullable BoundRoute find(Node node, String path, int start, String method) {
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    Node literal = node.literals.get(path.substring(start, end));
    BoundRoute found = literal == null ? null : descend(literal, path, end, method);
    if (found == null && node.parameter != null && end > start) {
      found = descend(node.parameter, path, end, method);
    }
    if (found == null && node.rest != null && path.length() > start) {
      found = node.rest.route(method);
    }
    return found;
  }

  private static @Nullable BoundRoute descend(Node node, String path, int end, String method) {
    return end == path.length() ? node.route(method) : find(node, path, end + 1, method);
  }

  /** The methods of all routes whose template fits the path, sorted; empty if none does. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    collect(root, path, 1, methods);
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static void collect(Node node, String path, int start, Set<String> methods) {
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    Node literal = node.literals.get(path.substring(start, end));
    for (Node next : new Node[] {literal, end > start ? node.parameter : null}) {
      if (next != null) {
        if (end == path.length()) {
          methods.addAll(next.byMethod.keySet());
        } else {
          collect(next, path, end + 1, methods);
        }
      }
    }
    if (node.rest != null && path.length() > start) {
      methods.addAll(node.rest.byMethod.keySet());
    }
  }

  /** What may follow a prefix of segments, and the routes that end here. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node parameter;
    private @Nullable Node rest;
    private final Map<String, BoundRoute> byMethod = new HashMap<>();

    Node parameter() {
      if (parameter == null) {
        parameter = new Node();
      }
      return parameter;
    }

    Node rest() {
      if (rest == null) {
        rest = new Node();
      }
      return rest;
    }

    /** HEAD is answered by GET's route, unless it has one of its own (contract C21). */
    @Nullable BoundRoute route(String method) {
      BoundRoute route = byMethod.get(method);
      return route == null && method.equals("HEAD") ? byMethod.get("GET") : route;
    }
  }
}
