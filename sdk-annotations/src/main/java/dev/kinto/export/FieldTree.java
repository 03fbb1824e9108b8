package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.DocumentedField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Documented fields as the object that they describe: {@code user.name} is a part of {@code user},
 * {@code users[].name} of each of the {@code users}, whether or not these are documented too.
 */
final class FieldTree {
  private final Map<String, FieldTree> parts = new TreeMap<>();
  private @Nullable DocumentedField field;
  private boolean array;

  private FieldTree() {}

  static FieldTree of(List<DocumentedField> fields) {
    FieldTree root = new FieldTree();
    fields.forEach(root::add);
    return root;
  }

  private void add(DocumentedField added) {
    FieldTree at = this;
    for (String step : added.name().split("\\.", -1)) {
      int bracket = step.indexOf('[');
      String name = bracket > 0 ? step.substring(0, bracket) : step;
      at = at.parts.computeIfAbsent(name, key -> new FieldTree());
      at.array |= bracket > 0;
    }
    if (at != this) {
      at.field = added;
    }
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether some part must be there. */
  boolean hasRequired() {
    return parts.values().stream().anyMatch(part -> part.field != null && !part.field.optional());
  }

  /** Writes the members of the schema of an object. */
  void write(JsonWriter json) {
    json.text("type", "object");
    writeParts(json);
  }

  private void writeParts(JsonWriter json) {
    if (parts.isEmpty()) {
      return;
    }
    json.object(
        "properties", () -> parts.forEach((name, part) -> json.object(name, () -> part.all(json))));
    List<String> required =
        parts.entrySet().stream()
            .filter(part -> part.getValue().isRequired())
            .map(Map.Entry::getKey)
            .toList();
    if (!required.isEmpty()) {
      json.texts("required", required);
    }
  }

  private boolean isRequired() {
    return field != null && !field.optional();
  }

  private void all(JsonWriter json) {
    DocumentedField documented = field;
    if (documented != null) {
      Schema.write(json, documented, () -> writeParts(json));
      Optional.of(documented.description())
          .filter(words -> !words.isEmpty())
          .ifPresent(words -> json.text("description", words));
    } else if (array) {
      json.text("type", "array");
      json.object("items", () -> write(json));
    } else {
      write(json);
    }
  }
}
