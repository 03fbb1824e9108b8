package dev.kinto.processor;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A route with its session fields in the order in which the author declared them, as its accessors
 * have them (contract C13); the route itself sorts them by name.
 *
 * @param route the route
 * @param reads the session fields it reads
 * @param writes the session fields it sets
 */
record DeclaredRoute(Route route, List<SessionRead> reads, List<SessionWrite> writes) {

  static DeclaredRoute of(RouteDeclaration declaration, Route route) {
    return new DeclaredRoute(
        route,
        ordered(route.reads(), SessionRead::field, declaration.fields().headers()),
        ordered(route.writes(), SessionWrite::field, declaration.fields().results()));
  }

  private static <T> List<T> ordered(
      List<T> fields, Function<T, FieldName> name, List<FieldDeclaration> declarations) {
    List<String> names =
        declarations.stream()
            .filter(declared -> declared.group().value().equals("Session"))
            .map(declared -> declared.field().value())
            .toList();
    return fields.stream()
        .sorted(Comparator.comparingInt(field -> names.indexOf(name.apply(field).spelling())))
        .toList();
  }
}
