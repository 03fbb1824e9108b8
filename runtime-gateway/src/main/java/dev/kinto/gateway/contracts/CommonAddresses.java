package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.RouteTree.Node;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.PathTemplate.Kind;
import dev.kinto.manifest.PathTemplate.Segment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that stand for all that a template has in common with those of a tree.
 *
 * <p>Where both have a parameter, the address has {@link #ANY}, which no literal equals. Such an
 * address is matched by nothing that does not match every address it stands for, so whoever wins it
 * wins one of them. Where both end with a rest, there is one address for each length that the
 * templates can tell apart, with and without a slash at its end.
 */
final class CommonAddresses<T> {
  /** A segment that is no literal of any template, since none may have braces. */
  static final String ANY = "{}";

  private static final int STEPS_FOR_AN_ADDRESS = 32;

  private final List<Segment> segments;
  private final int depth;
  private final int most;
  private int steps;
  private final Set<String> found = new LinkedHashSet<>();

  private CommonAddresses(PathTemplate template, int depth, int most) {
    this.segments = template.segments();
    this.depth = Math.max(depth, segments.size()) + 1;
    this.most = most;
  }

  /**
   * Looks for the addresses.
   *
   * @param depth the number of segments of the longest template that there is
   * @param most how many are looked for at most
   */
  static <T> CommonAddresses<T> of(PathTemplate template, RouteTree<T> tree, int depth, int most) {
    CommonAddresses<T> common = new CommonAddresses<>(template, depth, most);
    common.walk(tree.root(), 0, "");
    return common;
  }

  /** The addresses of the template that match as little else as possible. */
  static Set<String> plain(PathTemplate template, int depth) {
    CommonAddresses<Object> own = new CommonAddresses<>(template, depth, Integer.MAX_VALUE);
    own.addRemaining(0, "");
    return own.found;
  }

  Set<String> addresses() {
    return found;
  }

  /** What the search cost, in addresses. */
  int cost() {
    return Math.max(found.size(), steps / STEPS_FOR_AN_ADDRESS);
  }

  private void walk(Node<T> node, int at, String path) {
    if (isEnough()) {
      return;
    }
    if (at == segments.size()) {
      addIfRoute(node, path);
      return;
    }
    Segment segment = segments.get(at);
    switch (segment.kind()) {
      case LITERAL -> {
        walkInto(node.literals.get(segment.text()), at + 1, path, segment.text());
        if (!segment.text().isEmpty()) {
          walkInto(node.parameter, at + 1, path, segment.text());
        }
      }
      case PARAMETER -> {
        for (var literal : node.literals.entrySet()) {
          if (!literal.getKey().isEmpty()) {
            walkInto(literal.getValue(), at + 1, path, literal.getKey());
          }
        }
        walkInto(node.parameter, at + 1, path, ANY);
      }
      case REST -> addBelow(node, path, true);
    }
    boolean nothingLeft = segment.kind() == Kind.LITERAL && segment.text().isEmpty();
    if (node.rest != null && !nothingLeft) {
      addRemaining(at, path);
    }
  }

  /** Most steps lead to an address; a tree may be made so that they do not. */
  private boolean isEnough() {
    steps++;
    return found.size() >= most || steps / STEPS_FOR_AN_ADDRESS >= most;
  }

  private void walkInto(@Nullable Node<T> node, int at, String path, String segment) {
    if (node != null) {
      walk(node, at, path + '/' + segment);
    }
  }

  private void addIfRoute(Node<T> node, String path) {
    if (!node.byMethod.isEmpty()) {
      add(path);
    }
  }

  /** All that is in the tree below: the template's rest stands for it. */
  private void addBelow(Node<T> node, String path, boolean first) {
    if (isEnough()) {
      return;
    }
    for (var literal : node.literals.entrySet()) {
      // A rest is never empty.
      if (!first || !literal.getKey().isEmpty()) {
        String below = path + '/' + literal.getKey();
        addIfRoute(literal.getValue(), below);
        addBelow(literal.getValue(), below, false);
      }
    }
    if (node.parameter != null) {
      addIfRoute(node.parameter, path + '/' + ANY);
      addBelow(node.parameter, path + '/' + ANY, false);
    }
    if (node.rest != null && !first) {
      addRests(path);
    }
  }

  /** What is left of the template: the tree's rest stands for it. */
  private void addRemaining(int at, String path) {
    StringBuilder whole = new StringBuilder(path);
    for (Segment segment : segments.subList(at, segments.size())) {
      if (segment.kind() == Kind.REST) {
        addRests(whole.toString());
        return;
      }
      whole.append('/').append(segment.kind() == Kind.LITERAL ? segment.text() : ANY);
    }
    add(whole.toString());
  }

  private void addRests(String path) {
    int segmentsBefore = (int) path.chars().filter(c -> c == '/').count();
    int longest = Math.max(1, depth - segmentsBefore);
    for (String end : List.of("", "/")) {
      for (int length = 1; length <= longest; length++) {
        add(path + ('/' + ANY).repeat(length) + end);
      }
    }
  }

  private void add(String address) {
    if (found.size() < most) {
      found.add(address);
    }
  }
}
