package dev.kinto.processor;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.FieldDeclarations;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.PathTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one route of handlers that share method and path, and that their framework tells apart by
 * media types, parameters or headers, which the gateway does not look at (contract C15).
 */
final class SharedRoutes {
  private final List<Mistake> mistakes;

  SharedRoutes(List<Mistake> mistakes) {
    this.mistakes = mistakes;
  }

  /** The routes of some handlers, in their order; each shared one at the place of its first. */
  List<RouteDeclaration> of(List<Handler> handlers) {
    Map<Object, List<Handler>> byAddress = new LinkedHashMap<>();
    handlers.forEach(
        handler ->
            byAddress.computeIfAbsent(address(handler), key -> new ArrayList<>()).add(handler));
    List<RouteDeclaration> routes = new ArrayList<>();
    for (List<Handler> sharing : byAddress.values()) {
      if (areToldApart(sharing)) {
        routes.add(shared(sharing));
      } else {
        sharing.forEach(handler -> routes.add(handler.route()));
      }
    }
    return routes;
  }

  private static Object address(Handler handler) {
    RouteDeclaration route = handler.route();
    try {
      String shape = PathTemplate.parse(route.path().value()).shape();
      return List.of(
          route.method().value(), shape, route.wording().version().map(text -> text.value()));
    } catch (IllegalArgumentException reportedByTheContract) {
      return handler;
    }
  }

  private static boolean areToldApart(List<Handler> sharing) {
    return sharing.size() > 1
        && sharing.stream().map(Handler::conditions).distinct().count() == sharing.size();
  }

  private RouteDeclaration shared(List<Handler> sharing) {
    Handler first = sharing.get(0);
    boolean named =
        sharing.stream().allMatch(Handler::named)
            && sharing.stream().map(each -> each.route().name().value()).distinct().count() == 1;
    for (Handler other : sharing.subList(1, sharing.size())) {
      difference(first, other, named)
          .ifPresent(
              difference ->
                  mistakes.add(
                      Rule.ROUTE_SHARED.at(
                          other.at(),
                          first.route().method().value() + " " + first.route().path().value(),
                          first.method(),
                          other.method(),
                          difference)));
    }
    return united(sharing.stream().map(Handler::route).toList());
  }

  /** What two handlers disagree about; with one name they may have different fields. */
  private static Optional<String> difference(Handler first, Handler other, boolean named) {
    Map<String, FieldTerms> left = terms(first.route());
    Map<String, FieldTerms> right = terms(other.route());
    for (String key : Stream.concat(left.keySet().stream(), right.keySet().stream()).toList()) {
      FieldTerms one = left.get(key);
      FieldTerms two = right.get(key);
      boolean agree =
          named ? one == null || two == null || one.isSameValue(two) : Objects.equals(one, two);
      if (!agree) {
        String group = key.substring(0, key.indexOf('\n'));
        return Optional.of(
            first.method() + has(group, one) + " and " + other.method() + has(group, two));
      }
    }
    boolean rotate = first.route().rotatesToken() == other.route().rotatesToken();
    return named || rotate ? Optional.empty() : Optional.of("one of them rotates the token");
  }

  private static String has(String group, @Nullable FieldTerms terms) {
    return terms == null ? " does not" : " " + group + " " + terms;
  }

  /** What the gateway holds calls and answers to. */
  private static Map<String, FieldTerms> terms(RouteDeclaration route) {
    Map<String, FieldTerms> terms = new LinkedHashMap<>();
    for (FieldDeclaration header : route.fields().headers()) {
      String group = header.group().value();
      if (group.equals("Session") || group.equals("Config")) {
        terms.put(
            (group.equals("Session") ? "reads" : "asks for") + key(header), FieldTerms.of(header));
      }
    }
    for (FieldDeclaration result : route.fields().results()) {
      if (result.group().value().equals("Session")) {
        terms.put("sets" + key(result), FieldTerms.of(result));
      }
    }
    return terms;
  }

  private static String key(FieldDeclaration field) {
    return "\n" + FieldName.fold(field.field().value());
  }

  private static RouteDeclaration united(List<RouteDeclaration> routes) {
    RouteDeclaration first = routes.get(0);
    FieldDeclarations all =
        first.fields().using(routes.stream().skip(1).map(RouteDeclaration::fields).toList());
    FieldDeclarations united =
        new FieldDeclarations(
            all.headers().stream().map(field -> read(field, routes)).toList(),
            all.parameters(),
            all.results().stream().map(field -> write(field, routes)).toList(),
            all.errors());
    return new RouteDeclaration(
        first.method(),
        first.path(),
        first.name(),
        first.wording(),
        united,
        routes.stream().anyMatch(RouteDeclaration::rotatesToken));
  }

  /** Required if any of the handlers requires it. */
  private static FieldDeclaration read(FieldDeclaration field, List<RouteDeclaration> routes) {
    List<FieldDeclaration> same = same(field, routes, FieldDeclarations::headers);
    return field.optional(same.stream().allMatch(FieldDeclaration::optional));
  }

  /** Optional if any of the handlers may not set it. */
  private static FieldDeclaration write(FieldDeclaration field, List<RouteDeclaration> routes) {
    List<FieldDeclaration> same = same(field, routes, FieldDeclarations::results);
    return field.optional(
        same.size() < routes.size() || same.stream().anyMatch(FieldDeclaration::optional));
  }

  private static List<FieldDeclaration> same(
      FieldDeclaration field,
      List<RouteDeclaration> routes,
      Function<FieldDeclarations, List<FieldDeclaration>> kind) {
    return routes.stream()
        .flatMap(route -> kind.apply(route.fields()).stream())
        .filter(other -> FieldTerms.isSameField(field, other))
        .toList();
  }
}
