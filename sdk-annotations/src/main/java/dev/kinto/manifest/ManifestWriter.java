package dev.kinto.manifest;

import dev.kinto.json.JsonWriter;

/** Writes a manifest as JSON, always the same text for the same manifest (contract C12). */
final class ManifestWriter {
  private final JsonWriter json;

  private ManifestWriter(JsonWriter json) {
    this.json = json;
  }

  static String write(Manifest manifest) {
    return JsonWriter.object(
        json -> {
          json.raw("manifestVersion", String.valueOf(Manifest.VERSION));
          json.text("microservice", manifest.microservice().value());
          json.array("routes", manifest.routes(), new ManifestWriter(json)::route);
        });
  }

  private void route(Route route) {
    json.text("method", route.method());
    json.text("path", route.path().text());
    json.text("name", route.name());
    json.textUnlessEmpty("title", route.title());
    json.textUnlessEmpty("group", route.group());
    json.textUnlessEmpty("description", route.description());
    Documentation documentation = route.documentation();
    documentation.version().ifPresent(version -> json.text("version", version.toString()));
    if (!documentation.permissions().isEmpty()) {
      json.texts("permissions", documentation.permissions());
    }
    documentation.deprecation().ifPresent(words -> json.text("deprecated", words));
    json.arrayUnlessEmpty("reads", route.reads(), this::read);
    json.arrayUnlessEmpty("writes", route.writes(), this::write);
    json.arrayUnlessEmpty("config", route.config(), this::config);
    if (route.rotatesToken()) {
      json.flag("rotatesToken", true);
    }
    json.arrayUnlessEmpty("headers", documentation.headers(), header -> asked(header, false));
    json.arrayUnlessEmpty("parameters", documentation.parameters(), value -> asked(value, true));
    json.arrayUnlessEmpty("results", documentation.results(), this::answered);
    json.arrayUnlessEmpty("errors", documentation.errors(), this::answered);
    json.arrayUnlessEmpty("examples", documentation.examples(), this::example);
  }

  private void read(SessionRead read) {
    json.text("field", read.field().spelling());
    json.text("type", read.type().toString());
    json.flag("required", read.required());
    read.defaultValue().ifPresent(value -> json.text("default", value));
    json.textUnlessEmpty("description", read.description());
  }

  private void write(SessionWrite write) {
    json.text("field", write.field().spelling());
    json.text("type", write.type().toString());
    if (write.optional()) {
      json.flag("optional", true);
    }
    json.textUnlessEmpty("description", write.description());
  }

  private void config(ConfigRead config) {
    json.text("field", config.field().spelling());
    json.flag("required", config.required());
    json.textUnlessEmpty("description", config.description());
  }

  /** A field of a request, which says whether it is required as a read does. */
  private void asked(DocumentedField field, boolean inGroups) {
    if (inGroups) {
      json.text("group", field.group());
    }
    json.text("field", field.name());
    json.text("type", field.type());
    json.flag("required", !field.optional());
    words(field);
  }

  /** A field of an answer, which says whether it is optional as a write does. */
  private void answered(DocumentedField field) {
    json.text("group", field.group());
    json.text("field", field.name());
    json.text("type", field.type());
    if (field.optional()) {
      json.flag("optional", true);
    }
    words(field);
  }

  private void words(DocumentedField field) {
    field.defaultValue().ifPresent(value -> json.text("default", value));
    json.textUnlessEmpty("description", field.description());
  }

  private void example(Example example) {
    json.text("of", example.of().word());
    json.textUnlessEmpty("title", example.title());
    json.text("type", example.type());
    json.text("content", example.content());
  }
}
