package dev.kinto.processor;

import com.palantir.javapoet.NameAllocator;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The constants of one class of accessors: {@code AUTH_USER_ID} for a field's name, and {@code
 * AUTH_USER_ID_FIELD}, private to the class, for the field itself. Records and writers share them:
 * one for each way in which their routes declare the field.
 */
final class FieldConstants {
  private final List<FieldName> fields;
  private final List<Declared> declared;
  private final NameAllocator names = new NameAllocator();

  /**
   * A session field as routes declare it.
   *
   * @param field its name
   * @param type what its values are
   * @param defaultValue what an optional read gives in a session without it
   */
  record Declared(FieldName field, FieldType type, Optional<String> defaultValue) {
    static Declared by(SessionRead read) {
      return new Declared(read.field(), read.type(), read.defaultValue());
    }

    static Declared by(SessionWrite write) {
      return new Declared(write.field(), write.type(), Optional.empty());
    }

    private static Stream<Declared> in(Route route) {
      return Stream.concat(
          route.reads().stream().map(Declared::by), route.writes().stream().map(Declared::by));
    }
  }

  FieldConstants(List<Route> routes) {
    declared =
        routes.stream()
            .flatMap(Declared::in)
            .distinct()
            .sorted(Comparator.comparing(Declared::field))
            .toList();
    fields =
        Stream.concat(
                declared.stream().map(Declared::field),
                routes.stream().flatMap(route -> route.config().stream()).map(read -> read.field()))
            .distinct()
            .sorted()
            .toList();
    for (FieldName field : fields) {
      String constant = JavaNames.constant(field.spelling());
      // One that ends like those of the fields themselves would be taken for one.
      names.newName(constant.endsWith("_FIELD") ? constant + "_" : constant, field);
    }
    declared.forEach(field -> names.newName(ofName(field.field()) + "_FIELD", field));
  }

  /** All fields that a route reads, sets or is given from the configuration, sorted. */
  List<FieldName> fields() {
    return fields;
  }

  /** All session fields, as they are declared, sorted by name. */
  List<Declared> declared() {
    return declared;
  }

  /** The constant of a field's name. */
  String ofName(FieldName field) {
    return names.get(field);
  }

  /** The constant of a field. */
  String ofField(Declared field) {
    return names.get(field);
  }
}
