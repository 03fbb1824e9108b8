package dev.kinto.gateway.admin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The schemas of answers (JSON Schema 2020-12), made from the records that answers are written
 * from: texts, numbers, flags, times, lists, and other records; what is {@link Optional} may be
 * absent.
 */
final class JsonSchema {
  private static final Map<Class<?>, Map<String, Object>> SIMPLE =
      Map.of(
          String.class, Map.of("type", "string"),
          boolean.class, Map.of("type", "boolean"),
          Boolean.class, Map.of("type", "boolean"),
          int.class, Map.of("type", "integer", "format", "int32"),
          long.class, Map.of("type", "integer", "format", "int64"),
          double.class, Map.of("type", "number", "format", "double"),
          Integer.class, Map.of("type", "integer", "format", "int32"),
          Double.class, Map.of("type", "number", "format", "double"),
          Long.class, Map.of("type", "integer", "format", "int64"),
          Instant.class, Map.of("type", "string", "format", "date-time"));

  private final Map<String, Object> components = new TreeMap<>();

  /** A reference to the schema of a record, which is among the {@link #components} then. */
  Map<String, Object> reference(Class<?> type) {
    if (!components.containsKey(type.getSimpleName())) {
      components.put(type.getSimpleName(), Map.of()); // a record may hold itself
      components.put(type.getSimpleName(), ofRecord(type));
    }
    return Map.of("$ref", "#/components/schemas/" + type.getSimpleName());
  }

  /** The schemas of all records that were referred to, by name. */
  Map<String, Object> components() {
    return components;
  }

  private Map<String, Object> ofRecord(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent each : type.getRecordComponents()) {
      boolean optional = each.getType() == Optional.class;
      Type content = optional ? argument(each.getGenericType()) : each.getGenericType();
      properties.put(each.getName(), described(of(content), each.getAnnotation(Doc.class)));
      if (!optional) {
        required.add(each.getName());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return described(schema, type.getAnnotation(Doc.class));
  }

  private Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType) {
      return Map.of("type", "array", "items", of(argument(type)));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      List<String> names = Stream.of(plain.getEnumConstants()).map(Object::toString).toList();
      return Map.of("type", "string", "enum", names);
    }
    Map<String, Object> simple = SIMPLE.get(plain);
    return simple == null ? reference(plain) : simple;
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Map<String, Object> described(
      Map<String, Object> schema, @org.jspecify.annotations.Nullable Doc doc) {
    if (doc == null) {
      return schema;
    }
    Map<String, Object> described = new LinkedHashMap<>(schema);
    described.put("description", doc.value());
    return described;
  }
}
