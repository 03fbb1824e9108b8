package dev.kinto.processor;

import com.palantir.javapoet.NameAllocator;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Route;
import java.util.List;
import java.util.stream.Stream;

/**
 * The constants of one class of accessors: {@code AUTH_USER_ID} for a field's name, and, private to
 * each record and writer, {@code AUTH_USER_ID_FIELD} for the field itself.
 */
final class FieldConstants {
  private final List<FieldName> fields;
  private final NameAllocator names = new NameAllocator();

  FieldConstants(List<Route> routes) {
    fields = routes.stream().flatMap(FieldConstants::fields).sorted().distinct().toList();
    for (FieldName field : fields) {
      String constant = JavaNames.constant(field.spelling());
      // One that ends like those of the records would hide them.
      names.newName(constant.endsWith("_FIELD") ? constant + "_" : constant, field);
    }
  }

  private static Stream<FieldName> fields(Route route) {
    return Stream.of(
            route.reads().stream().map(read -> read.field()),
            route.writes().stream().map(write -> write.field()),
            route.config().stream().map(config -> config.field()))
        .flatMap(names -> names);
  }

  /** All fields that a route reads, sets or is given from the configuration, sorted. */
  List<FieldName> fields() {
    return fields;
  }

  /** The constant of a field's name. */
  String ofName(FieldName field) {
    return names.get(field);
  }

  /** The constant of a field. */
  String ofField(FieldName field) {
    return names.get(field) + "_FIELD";
  }
}
