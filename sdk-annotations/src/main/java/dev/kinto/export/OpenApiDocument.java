package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A microservice as those see it who call it through the gateway's api listener, in OpenAPI 3.1.
 * Paths begin with the microservice's name (contract C19); no servers are named, since the manifest
 * does not know where it will run.
 */
final class OpenApiDocument {
  private static final String SCHEME = "kintoToken";

  /** The methods that OpenAPI 3.1 has a place for; {@code TRACE} is no route (contract C21). */
  private static final Set<String> METHODS =
      Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH");

  private final JsonWriter json;

  private OpenApiDocument(JsonWriter json) {
    this.json = json;
  }

  static String write(Manifest manifest) {
    return JsonWriter.object(json -> new OpenApiDocument(json).document(manifest));
  }

  private void document(Manifest manifest) {
    json.text("openapi", "3.1.0");
    json.object(
        "info",
        () -> {
          json.text("title", manifest.microservice().value());
          json.text("version", version(manifest).toString());
        });
    json.raw("security", "[{\"" + SCHEME + "\": []}]");
    json.object("paths", () -> OpenApiPaths.of(manifest).forEach(this::path));
    json.object(
        "components",
        () -> json.object("securitySchemes", () -> json.object(SCHEME, this::securityScheme)));
  }

  /** The highest of the routes: the document changes when one of them does. */
  private static Version version(Manifest manifest) {
    return manifest.routes().stream()
        .map(route -> route.documentation().version())
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(Version.NONE);
  }

  /** No {@code http} scheme: that would be a token in {@code Authorization}. */
  private void securityScheme() {
    json.text("type", "apiKey");
    json.text("in", "header");
    json.text("name", "Kinto-Authorization");
    json.text(
        "description",
        "\"Bearer \" and a token, which POST /auth of the gateway gives for a client's id and"
            + " secret.");
  }

  private void path(String path, Map<String, OpenApiPaths.Operation> operations) {
    Map<String, OpenApiPaths.Operation> others = new TreeMap<>(operations);
    others.keySet().removeAll(METHODS);
    json.object(
        path,
        () -> {
          operations.forEach(
              (method, operation) -> {
                if (METHODS.contains(method)) {
                  operation(method.toLowerCase(Locale.ROOT), operation);
                }
              });
          if (!others.isEmpty()) {
            json.object("x-additionalOperations", () -> others.forEach(this::operation));
          }
        });
  }

  private void operation(String method, OpenApiPaths.Operation operation) {
    json.object(method, () -> new OpenApiOperation(json, operation).write());
  }

  /** The words of a list as paragraphs, without the empty ones. */
  static String paragraphs(List<String> words) {
    return String.join("\n\n", words.stream().filter(text -> !text.isEmpty()).toList());
  }
}
