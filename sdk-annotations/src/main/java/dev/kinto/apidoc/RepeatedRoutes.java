package dev.kinto.apidoc;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.FieldDeclarations;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.PathTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What authors of documentation do and a manifest does not allow: a route that is documented twice
 * becomes one if the contracts agree, and of two routes with one name the second gets another.
 * Routes whose contracts differ are left for the rules to refuse.
 */
final class RepeatedRoutes {
  private static final Set<String> CONTRACT = Set.of("Session", "Config");

  private final List<Mistake> mistakes;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final List<RouteDeclaration> distinct = new ArrayList<>();

  RepeatedRoutes(List<Mistake> mistakes) {
    this.mistakes = mistakes;
  }

  /** The routes, each once and with a name of its own. */
  List<RouteDeclaration> resolve(List<RouteDeclaration> routes) {
    routes.forEach(this::add);
    Set<String> names = new HashSet<>();
    return distinct.stream().map(route -> named(route, names)).toList();
  }

  private void add(RouteDeclaration route) {
    Integer index = byAddress.putIfAbsent(address(route), distinct.size());
    if (index == null || !sameContract(distinct.get(index), route)) {
      distinct.add(route);
      return;
    }
    RouteDeclaration first = distinct.get(index);
    distinct.set(index, first.withFields(first.fields().using(List.of(route.fields()))));
    Text path = route.path();
    mistakes.add(
        Rule.APIDOC_ROUTE_TWICE.at(
            path.at(), route.method().value(), path.value(), first.path().at()));
  }

  /** Method and path without the names of its parameters; the path as written if it is none. */
  private static String address(RouteDeclaration route) {
    String path = route.path().value();
    try {
      path = PathTemplate.parse(path).shape();
    } catch (IllegalArgumentException reportedByTheRules) {
      // Equal texts mean equal addresses.
    }
    return route.method().value() + " " + path;
  }

  private static boolean sameContract(RouteDeclaration first, RouteDeclaration second) {
    return first.rotatesToken() == second.rotatesToken()
        && contractOf(first.fields()).equals(contractOf(second.fields()));
  }

  /** What the fields say of the session and of configuration values. */
  static Set<List<Object>> contractOf(FieldDeclarations fields) {
    Set<List<Object>> contract = new HashSet<>();
    fields.headers().forEach(header -> addTo(contract, "read", header));
    fields.results().forEach(result -> addTo(contract, "write", result));
    return contract;
  }

  private static void addTo(Set<List<Object>> contract, String kind, FieldDeclaration field) {
    if (CONTRACT.contains(field.group().value())) {
      contract.add(
          List.of(
              kind,
              field.group().value(),
              field.field().value(),
              field.type().value().replace(" ", ""),
              field.optional(),
              field.defaultValue().map(Text::value)));
    }
  }

  private RouteDeclaration named(RouteDeclaration route, Set<String> names) {
    String name = route.name().value();
    if (names.add(name)) {
      return route;
    }
    String other = ApidocComment.derivedName(route.method().value(), route.path().value());
    for (int i = 2; !names.add(other); i++) {
      other = String.format(Locale.ROOT, "%s_%d", name, i);
    }
    mistakes.add(Rule.APIDOC_ROUTE_NAME.at(route.name().at(), name, other));
    return route.withName(other);
  }
}
