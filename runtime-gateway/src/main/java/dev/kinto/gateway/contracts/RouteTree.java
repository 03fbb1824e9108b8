package dev.kinto.gateway.contracts;

import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.PathTemplate.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one microservice, found by walking down a tree of path segments (contract C11,
 * C21). At each segment a literal wins over {@code {x}}, that over {@code {x*}}. A choice that
 * leads to no route with the method is taken back.
 *
 * @param <T> what stands for a route
 */
public final class RouteTree<T> {
  private final Node<T> root = new Node<>();
  private int depth;

  /**
   * Adds a route.
   *
   * @param spelling how literal segments are spelt here
   */
  public void add(PathTemplate template, UnaryOperator<String> spelling, String method, T route) {
    Node<T> node = root;
    for (Segment segment : template.segments()) {
      node =
          switch (segment.kind()) {
            case LITERAL ->
                node.literals.computeIfAbsent(spelling.apply(segment.text()), _ -> new Node<>());
            case PARAMETER -> node.parameter();
            case REST -> node.rest();
          };
    }
    node.byMethod.put(method, route);
    depth = Math.max(depth, template.segments().size());
  }

  /**
   * The route that a request hits.
   *
   * @param path the path below the microservice, beginning with {@code /}
   * @return null if no route of this method has such a path
   */
  public @Nullable T find(String method, String path) {
    return find(root, path, 1, method);
  }

  private static <T> @Nullable T find(Node<T> node, String path, int start, String method) {
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    Node<T> literal = node.literals.get(path.substring(start, end));
    T found = literal == null ? null : descend(literal, path, end, method);
    if (found == null && node.parameter != null && end > start) {
      found = descend(node.parameter, path, end, method);
    }
    if (found == null && node.rest != null && path.length() > start) {
      found = node.rest.route(method);
    }
    return found;
  }

  private static <T> @Nullable T descend(Node<T> node, String path, int end, String method) {
    return end == path.length() ? node.route(method) : find(node, path, end + 1, method);
  }

  /** The methods of all routes whose template fits the path, sorted; empty if none does. */
  public Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    collect(root, path, 1, methods);
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static <T> void collect(Node<T> node, String path, int start, Set<String> methods) {
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    collectBelow(node.literals.get(path.substring(start, end)), path, end, methods);
    if (end > start) {
      collectBelow(node.parameter, path, end, methods);
    }
    if (node.rest != null && path.length() > start) {
      methods.addAll(node.rest.byMethod.keySet());
    }
  }

  private static <T> void collectBelow(
      @Nullable Node<T> node, String path, int end, Set<String> methods) {
    if (node == null) {
      return;
    }
    if (end == path.length()) {
      methods.addAll(node.byMethod.keySet());
    } else {
      collect(node, path, end + 1, methods);
    }
  }

  /**
   * How many places a search visits at most, whatever the path: where a literal and a parameter
   * stand side by side it may have to go on from both.
   */
  public int longestSearch() {
    return longestSearch(root);
  }

  private static <T> int longestSearch(@Nullable Node<T> node) {
    if (node == null) {
      return 0;
    }
    int literal =
        node.literals.values().stream().mapToInt(RouteTree::longestSearch).max().orElse(0);
    return 1 + literal + longestSearch(node.parameter) + longestSearch(node.rest);
  }

  Node<T> root() {
    return root;
  }

  /** The number of segments of its longest template. */
  int depth() {
    return depth;
  }

  /** What may follow a prefix of segments, and the routes that end here. */
  static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    @Nullable Node<T> parameter;
    @Nullable Node<T> rest;
    final Map<String, T> byMethod = new HashMap<>();

    private Node<T> parameter() {
      if (parameter == null) {
        parameter = new Node<>();
      }
      return parameter;
    }

    private Node<T> rest() {
      if (rest == null) {
        rest = new Node<>();
      }
      return rest;
    }

    /** HEAD is answered by GET's route, unless it has one of its own (contract C21). */
    private @Nullable T route(String method) {
      T route = byMethod.get(method);
      return route == null && method.equals("HEAD") ? byMethod.get("GET") : route;
    }
  }
}
