package dev.kinto.declaration;

import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which declarations of a route count when authors keep the older ones, as apidoc's users do for
 * its history.
 */
final class RouteVersions {
  private RouteVersions() {}

  /**
   * Two declarations mean one route if method and shape of the path are equal, or method, name and
   * group: a route may have moved to another path. Equal versions are left for the rules to refuse.
   */
  static List<RouteDeclaration> current(List<RouteDeclaration> declarations) {
    Map<String, Version> byShape = highest(declarations, RouteVersions::shape);
    Map<String, Version> byName = highest(declarations, RouteVersions::name);
    return declarations.stream()
        .filter(declared -> isHighest(declared, shape(declared), byShape))
        .filter(declared -> isHighest(declared, name(declared), byName))
        .toList();
  }

  private static Map<String, Version> highest(
      List<RouteDeclaration> declarations, Function<RouteDeclaration, Optional<String>> key) {
    Map<String, Version> highest = new HashMap<>();
    for (RouteDeclaration declared : declarations) {
      key.apply(declared)
          .ifPresent(
              route ->
                  highest.merge(route, declared.version(), (a, b) -> a.compareTo(b) < 0 ? b : a));
    }
    return highest;
  }

  private static boolean isHighest(
      RouteDeclaration declared, Optional<String> key, Map<String, Version> highest) {
    return key.isEmpty() || declared.version().equals(highest.get(key.get()));
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
