package dev.kinto.declaration;

import dev.kinto.manifest.PathTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which declarations of a route count when authors keep the older ones, as apidoc's users do for
 * its history.
 */
final class RouteVersions {
  private final List<RouteDeclaration> declarations;
  private final Map<String, RouteDeclaration> highestByShape;
  private final Map<String, RouteDeclaration> highestByName;

  RouteVersions(List<RouteDeclaration> declarations) {
    this.declarations = declarations;
    this.highestByShape = highest(declarations, RouteVersions::shape);
    this.highestByName = highest(declarations, RouteVersions::name);
  }

  /**
   * Two declarations mean one route if method and shape of the path are equal, or method, name and
   * group: a route may have moved to another path. Equal versions are left for the rules to refuse.
   */
  List<RouteDeclaration> current() {
    return newestAtTheirAddress().filter(declared -> newerOfTheName(declared).isEmpty()).toList();
  }

  /**
   * A warning for each address that only its name takes out of the current ones: authors copy names
   * with comments. What stands in a history is meant to be old.
   */
  List<Mistake> superseded() {
    return newestAtTheirAddress()
        .filter(declared -> !declared.path().at().isInHistory())
        .flatMap(
            declared -> newerOfTheName(declared).map(newer -> superseded(declared, newer)).stream())
        .toList();
  }

  private Stream<RouteDeclaration> newestAtTheirAddress() {
    return declarations.stream()
        .filter(declared -> higher(declared, shape(declared), highestByShape).isEmpty());
  }

  private Optional<RouteDeclaration> newerOfTheName(RouteDeclaration declared) {
    return higher(declared, name(declared), highestByName);
  }

  private static Mistake superseded(RouteDeclaration older, RouteDeclaration newer) {
    return Rule.ROUTE_SUPERSEDED.at(
        older.path().at(),
        older.method().value(),
        older.path().value(),
        older.version(),
        newer.path().value(),
        newer.version());
  }

  private static Map<String, RouteDeclaration> highest(
      List<RouteDeclaration> declarations, Function<RouteDeclaration, Optional<String>> key) {
    Map<String, RouteDeclaration> highest = new HashMap<>();
    for (RouteDeclaration declared : declarations) {
      key.apply(declared)
          .ifPresent(
              route ->
                  highest.merge(
                      route, declared, (a, b) -> a.version().compareTo(b.version()) < 0 ? b : a));
    }
    return highest;
  }

  /** The version of the same route that is higher than a declaration's. */
  private static Optional<RouteDeclaration> higher(
      RouteDeclaration declared, Optional<String> key, Map<String, RouteDeclaration> highest) {
    return key.map(highest::get)
        .filter(newest -> newest.version().compareTo(declared.version()) > 0);
  }

  private static Optional<String> shape(RouteDeclaration declared) {
    try {
      String shape = PathTemplate.parse(declared.path().value()).shape();
      return Optional.of(declared.method().value() + " " + shape);
    } catch (IllegalArgumentException reportedByTheRules) {
      return Optional.empty();
    }
  }

  /** Without a group too many routes would be called {@code list}. */
  private static Optional<String> name(RouteDeclaration declared) {
    String group = declared.wording().group();
    return group.isEmpty()
        ? Optional.empty()
        : Optional.of(declared.method().value() + " " + declared.name().value() + "\n" + group);
  }
}
