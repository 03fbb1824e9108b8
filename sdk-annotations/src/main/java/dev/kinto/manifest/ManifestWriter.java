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
    arrayUnlessEmpty("reads", route.reads(), this::read);
    arrayUnlessEmpty("writes", route.writes(), this::write);
    arrayUnlessEmpty("config", route.config(), this::config);
    if (route.rotatesToken()) {
      flag("rotatesToken", true);
    }
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
