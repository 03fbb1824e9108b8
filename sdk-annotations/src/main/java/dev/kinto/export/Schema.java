package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.FieldType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON Schema (2020-12, as OpenAPI 3.1 has it) of one documented field. */
final class Schema {
  private static final String ARRAY = "[]";

  /** Words that authors use beside apidoc's four types, and which leave no doubt. */
  private static final Map<String, String> WORDS =
      Map.of("integer", "integer", "date", "string", "uuid", "string", "file", "string");

  private Schema() {}

  /**
   * Writes the members of a field's schema.
   *
   * @param partsOf writes those of the object's fields, if it has any
   */
  static void write(JsonWriter json, DocumentedField field, Runnable partsOf) {
    boolean array =
        field.name().endsWith(ARRAY)
            || field.fieldType().map(FieldType::array).orElseGet(() -> isArray(field.type()));
    if (array) {
      json.text("type", "array");
      json.object("items", () -> single(json, field, partsOf));
    } else {
      single(json, field, partsOf);
    }
    field.fieldType().ifPresent(type -> values(json, field, type));
  }

  private static boolean isArray(String word) {
    return word.endsWith(ARRAY);
  }

  private static void single(JsonWriter json, DocumentedField field, Runnable parts) {
    Optional<FieldType> type = field.fieldType();
    if (type.isEmpty()) {
      word(json, field.type().replace(ARRAY, ""));
      parts.run();
      return;
    }
    json.text("type", type.get().kind().apidocName().toLowerCase(Locale.ROOT));
    if (type.get().kind() == Kind.NUMBER) {
      type.get().min().ifPresent(min -> json.raw("minimum", min.toPlainString()));
      type.get().max().ifPresent(max -> json.raw("maximum", max.toPlainString()));
    } else if (type.get().kind() == Kind.STRING) {
      type.get().min().ifPresent(min -> json.raw("minLength", length(min, RoundingMode.CEILING)));
      type.get().max().ifPresent(max -> json.raw("maxLength", length(max, RoundingMode.FLOOR)));
    }
    parts.run();
  }

  private static String length(BigDecimal bound, RoundingMode rounding) {
    return bound.max(BigDecimal.ZERO).setScale(0, rounding).toPlainString();
  }

  /** A type that is none of apidoc's: the author's word stays visible, and any value is one. */
  private static void word(JsonWriter json, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    Optional.ofNullable(WORDS.get(lower)).ifPresent(type -> json.text("type", type));
    if (lower.equals("uuid")) {
      json.text("format", "uuid");
    } else if (lower.equals("file")) {
      json.text("contentMediaType", "application/octet-stream");
    } else if (!lower.equals("integer")) {
      json.text("x-type", word);
    }
  }

  private static void values(JsonWriter json, DocumentedField field, FieldType type) {
    // Of a name in brackets the elements are of the type: what is allowed is said of the whole.
    boolean same = type.array() || !field.name().endsWith(ARRAY);
    if (same && !type.allowedValues().isEmpty()) {
      json.raws("enum", literals(type));
    }
    field
        .defaultValue()
        .filter(value -> same && type.mismatch(value).isEmpty())
        .ifPresent(value -> json.raw("default", literal(type, value)));
  }

  private static List<String> literals(FieldType type) {
    return type.allowedValues().stream().map(value -> literal(type, value)).distinct().toList();
  }

  /** A value of the type as JSON: only text is not JSON yet. */
  private static String literal(FieldType type, String value) {
    return type.kind() == Kind.STRING && !type.array() ? JsonWriter.quoted(value) : value;
  }
}
