package dev.kinto.manifest;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes a manifest as JSON, always the same text for the same manifest (contract C12). */
final class ManifestWriter {
  private final StringBuilder json = new StringBuilder();
  private int depth;
  private boolean first = true;

  private ManifestWriter() {}

  static String write(Manifest manifest) {
    ManifestWriter writer = new ManifestWriter();
    writer.object(
        () -> {
          writer.key("manifestVersion").json.append(Manifest.VERSION);
          writer.text("microservice", manifest.microservice().value());
          writer.array("routes", manifest.routes(), writer::route);
        });
    return writer.json.append('\n').toString();
  }

  private void route(Route route) {
    text("method", route.method());
    text("path", route.path().text());
    text("name", route.name());
    textUnlessEmpty("title", route.title());
    textUnlessEmpty("group", route.group());
    textUnlessEmpty("description", route.description());
    Documentation documentation = route.documentation();
    documentation.version().ifPresent(version -> text("version", version.toString()));
    texts("permissions", documentation.permissions());
    documentation.deprecation().ifPresent(words -> text("deprecated", words));
    arrayUnlessEmpty("reads", route.reads(), this::read);
    arrayUnlessEmpty("writes", route.writes(), this::write);
    arrayUnlessEmpty("config", route.config(), this::config);
    if (route.rotatesToken()) {
      flag("rotatesToken", true);
    }
    arrayUnlessEmpty("headers", documentation.headers(), header -> asked(header, false));
    arrayUnlessEmpty("parameters", documentation.parameters(), value -> asked(value, true));
    arrayUnlessEmpty("results", documentation.results(), this::answered);
    arrayUnlessEmpty("errors", documentation.errors(), this::answered);
    arrayUnlessEmpty("examples", documentation.examples(), this::example);
  }

  private void read(SessionRead read) {
    text("field", read.field().spelling());
    text("type", read.type().toString());
    flag("required", read.required());
    read.defaultValue().ifPresent(value -> text("default", value));
    textUnlessEmpty("description", read.description());
  }

  private void write(SessionWrite write) {
    text("field", write.field().spelling());
    text("type", write.type().toString());
    if (write.optional()) {
      flag("optional", true);
    }
    textUnlessEmpty("description", write.description());
  }

  private void config(ConfigRead config) {
    text("field", config.field().spelling());
    flag("required", config.required());
    textUnlessEmpty("description", config.description());
  }

  /** A field of a request, which says whether it is required as a read does. */
  private void asked(DocumentedField field, boolean inGroups) {
    if (inGroups) {
      text("group", field.group());
    }
    text("field", field.name());
    text("type", field.type());
    flag("required", !field.optional());
    words(field);
  }

  /** A field of an answer, which says whether it is optional as a write does. */
  private void answered(DocumentedField field) {
    text("group", field.group());
    text("field", field.name());
    text("type", field.type());
    if (field.optional()) {
      flag("optional", true);
    }
    words(field);
  }

  private void words(DocumentedField field) {
    field.defaultValue().ifPresent(value -> text("default", value));
    textUnlessEmpty("description", field.description());
  }

  private void example(Example example) {
    text("of", example.of().word());
    textUnlessEmpty("title", example.title());
    text("type", example.type());
    text("content", example.content());
  }

  /** A list of words, on one line. */
  private void texts(String key, List<String> values) {
    if (values.isEmpty()) {
      return;
    }
    key(key).json.append('[');
    String separator = "";
    for (String value : values) {
      json.append(separator);
      quote(value);
      separator = ", ";
    }
    json.append(']');
  }

  private <T> void arrayUnlessEmpty(String key, List<T> items, Consumer<T> content) {
    if (!items.isEmpty()) {
      array(key, items, content);
    }
  }

  private <T> void array(String key, List<T> items, Consumer<T> content) {
    key(key).json.append('[');
    depth++;
    first = true;
    for (T item : items) {
      separate();
      object(() -> content.accept(item));
    }
    depth--;
    close(']', items.isEmpty());
  }

  private void object(Runnable content) {
    json.append('{');
    depth++;
    first = true;
    content.run();
    depth--;
    close('}', false);
  }

  private void close(char bracket, boolean empty) {
    if (!empty) {
      json.append('\n').append("  ".repeat(depth));
    }
    json.append(bracket);
    first = false;
  }

  private void textUnlessEmpty(String key, String value) {
    if (!value.isEmpty()) {
      text(key, value);
    }
  }

  private void text(String key, String value) {
    key(key).quote(value);
  }

  private void flag(String key, boolean value) {
    key(key).json.append(value);
  }

  private ManifestWriter key(String key) {
    separate();
    quote(key);
    json.append(": ");
    return this;
  }

  private void separate() {
    json.append(first ? "" : ",").append('\n').append("  ".repeat(depth));
    first = false;
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
