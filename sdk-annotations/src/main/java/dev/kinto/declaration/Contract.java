package dev.kinto.declaration;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The contract of one microservice: its declarations, checked, and the manifest that they make.
 *
 * @param manifest the manifest; empty if there are errors
 * @param mistakes all of them, errors and warnings, in the order of the declarations
 */
public record Contract(Optional<Manifest> manifest, List<Mistake> mistakes) {

  /** Copies the list. */
  public Contract {
    mistakes = List.copyOf(mistakes);
  }

  /** Checks the declarations of one microservice. */
  public static Contract of(Text microservice, List<RouteDeclaration> declarations) {
    List<Mistake> mistakes = new ArrayList<>();
    MicroserviceName name;
    try {
      name = new MicroserviceName(microservice.value());
    } catch (IllegalArgumentException e) {
      mistakes.add(Rule.MICROSERVICE_NAME.at(microservice.at(), e.getMessage()));
      return new Contract(Optional.empty(), mistakes);
    }
    mistakes.addAll(superseded(declarations));
    List<Route> routes = new RouteRules(name, mistakes).routes(current(declarations));
    boolean good = mistakes.stream().allMatch(mistake -> mistake.rule().warning());
    return new Contract(
        good ? Optional.of(new Manifest(name, routes)) : Optional.empty(), mistakes);
  }

  /**
   * The declarations that count: of several of one route with different versions only that with the
   * highest. Others document a past that cannot be called any more, and are not checked.
   */
  public static List<RouteDeclaration> current(List<RouteDeclaration> declarations) {
    return new RouteVersions(declarations).current();
  }

  /** Warnings of those that do not count and are at an address that no other version has. */
  public static List<Mistake> superseded(List<RouteDeclaration> declarations) {
    return new RouteVersions(declarations).superseded();
  }
}
