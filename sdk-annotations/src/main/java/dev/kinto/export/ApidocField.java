package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.FieldType;
import java.util.List;
import java.util.Optional;

/**
 * A field as the apidoc tool writes it.
 *
 * @param group the tool's group, {@code Session} or {@code Success 200}
 * @param type apidoc's notation
 * @param name its name
 * @param optional whether it may be absent
 * @param defaultValue what stands for an absent one
 * @param description as plain text, or empty
 */
record ApidocField(
    String group,
    String type,
    String name,
    boolean optional,
    Optional<String> defaultValue,
    String description) {

  static ApidocField of(String group, DocumentedField field) {
    return new ApidocField(
        group,
        field.type(),
        field.name(),
        field.optional(),
        field.defaultValue(),
        field.description());
  }

  /** Writes its members; a part of another field of the list says so. */
  void write(JsonWriter json, List<ApidocField> among) {
    String notation = type;
    Optional<FieldType> known =
        FieldType.isKnown(type) ? Optional.of(FieldType.parse(type)) : Optional.empty();
    json.text("group", group);
    json.text("type", known.map(ApidocField::typeName).orElse(notation));
    known
        .filter(found -> found.min().isPresent() || found.max().isPresent())
        .ifPresent(
            sized ->
                json.text(
                    "size", notation.substring(notation.indexOf('{') + 1, notation.indexOf('}'))));
    known
        .filter(found -> !found.allowedValues().isEmpty())
        .ifPresent(limited -> json.texts("allowedValues", allowedValues(limited)));
    json.flag("optional", optional);
    parent(among).ifPresent(parent -> json.object("parentNode", () -> parent.writeAsParent(json)));
    json.text("field", name);
    json.flag("isArray", isArray());
    defaultValue.ifPresent(value -> json.text("defaultValue", value));
    json.text("description", html(description));
  }

  private boolean isArray() {
    return type.contains("[]");
  }

  private static String typeName(FieldType type) {
    return type.kind().apidocName() + (type.array() ? "[]" : "");
  }

  /** In quotes, as authors write them; the tool keeps them. */
  private static List<String> allowedValues(FieldType type) {
    return type.allowedValues().stream()
        .map(
            value -> {
              if (type.kind() == FieldType.Kind.NUMBER) {
                return value;
              }
              String quote = value.indexOf('"') < 0 ? "\"" : "'";
              return quote + value + quote;
            })
        .toList();
  }

  private Optional<ApidocField> parent(List<ApidocField> among) {
    int dot = name.lastIndexOf('.');
    String path = name.substring(0, Math.max(dot, 0)).replace("[]", "");
    return among.stream()
        .filter(field -> dot > 0 && field.name().replace("[]", "").equals(path))
        .findFirst();
  }

  private void writeAsParent(JsonWriter json) {
    json.text("path", name);
    json.text("field", name);
    json.text("type", type);
    json.flag("isArray", isArray());
  }

  /** A description as the paragraph that the tool makes of it. */
  static String html(String text) {
    return text.isEmpty()
        ? ""
        : "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>";
  }
}
