package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.Endpoint.Form;
import dev.kinto.gateway.admin.Endpoint.Parameter;
import dev.kinto.gateway.problem.ProblemWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the admin listener answers, as a document of OpenAPI 3.1, made from the endpoints that it is
 * answered by.
 */
final class OpenApi {
  private static final String JSON = "application/json";

  private OpenApi() {}

  /** The document, as maps and lists. */
  static Map<String, Object> document(List<Endpoint> endpoints) {
    JsonSchema schemas = new JsonSchema();
    Map<String, Object> problem = schemas.reference(ProblemView.class);
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Endpoint each : endpoints) {
      paths
          .computeIfAbsent(each.path(), _ -> new LinkedHashMap<>())
          .put(each.method().toLowerCase(Locale.ROOT), operation(each, schemas, problem));
    }
    Map<String, Object> health = schemas.reference(HealthView.class);
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      paths.put(path, Map.of("get", health(path, health)));
    }
    paths.put("/metrics", Map.of("get", metrics()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Kinto Gateway: admin API",
            "version",
            "1",
            "description",
            "What operators ask of a running gateway, on its admin listener."));
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("security", List.of(Map.of("secret", List.of())));
    document.put("paths", paths);
    document.put("components", components(schemas));
    return document;
  }

  private static Map<String, Object> components(JsonSchema schemas) {
    Map<String, Object> secret =
        Map.of(
            "type",
            "http",
            "scheme",
            "bearer",
            "description",
            "An operator's secret, printed by \"kinto-gateway.jar admin new\".");
    return Map.of("schemas", schemas.components(), "securitySchemes", Map.of("secret", secret));
  }

  private static Map<String, Object> operation(
      Endpoint endpoint, JsonSchema schemas, Map<String, Object> problem) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", id(endpoint));
    operation.put("summary", endpoint.summary());
    if (!endpoint.description().isEmpty()) {
      operation.put("description", endpoint.description());
    }
    List<Object> parameters = new ArrayList<>();
    int brace = endpoint.path().indexOf('{');
    if (brace >= 0) {
      parameters.add(
          Map.of(
              "name",
              endpoint.path().substring(brace + 1, endpoint.path().length() - 1),
              "in",
              "path",
              "required",
              true,
              "schema",
              Map.of("type", "string")));
    }
    endpoint.parameters().forEach(each -> parameters.add(parameter(each)));
    operation.put("parameters", parameters);
    Object success =
        endpoint.answer() == Object.class
            ? Map.of("type", "object")
            : schemas.reference(endpoint.answer());
    operation.put(
        "responses",
        Map.of(
            "200", answer("What was asked for.", JSON, success),
            "default", answer("Why not.", ProblemWriter.MEDIA_TYPE, problem)));
    return operation;
  }

  /** For instance {@code getSessionsById}. */
  private static String id(Endpoint endpoint) {
    StringBuilder id = new StringBuilder(endpoint.method().toLowerCase(Locale.ROOT));
    for (String segment : endpoint.path().substring("/api/".length()).split("[/.]", -1)) {
      String word = segment.startsWith("{") ? "by-id" : segment;
      for (String part : word.split("-", -1)) {
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return id.toString();
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> schema =
        parameter.schema() == Form.LIMIT
            ? Map.of("type", "integer", "minimum", 1, "maximum", Query.MOST, "default", 100)
            : Map.of("type", "string", "minLength", 1);
    return Map.of(
        "name",
        parameter.name(),
        "in",
        "query",
        "description",
        parameter.description(),
        "schema",
        schema);
  }

  private static Map<String, Object> answer(String description, String type, Object schema) {
    return Map.of("description", description, "content", Map.of(type, Map.of("schema", schema)));
  }

  private static Map<String, Object> health(String path, Map<String, Object> schema) {
    return Map.of(
        "operationId",
        path.equals("/health")
            ? "getHealth"
            : "getHealth" + (path.endsWith("live") ? "Live" : "Ready"),
        "summary",
        path.endsWith("live") ? "Whether it serves" : "Whether new clients should come",
        "security",
        List.of(),
        "responses",
        Map.of(
            "200", answer("It does.", JSON, schema), "503", answer("It does not.", JSON, schema)));
  }

  private static Map<String, Object> metrics() {
    return Map.of(
        "operationId",
        "getMetrics",
        "summary",
        "What is counted and measured, in Prometheus' text format",
        "security",
        List.of(),
        "responses",
        Map.of(
            "200",
            Map.of(
                "description",
                "What was asked for.",
                "content",
                Map.of("text/plain", Map.of("schema", Map.of("type", "string")))),
            "404",
            Map.of("description", "Nothing is measured.")));
  }

  /** Of every answer that is not what was asked for. */
  @Doc("Why something was not done (RFC 9457).")
  record ProblemView(
      @Doc("urn:kinto:problem: and the code") String type,
      @Doc("What the code means") String title,
      @Doc("The status of the answer") int status,
      @Doc("What happened this time, for people") String detail,
      @Doc("What programs compare; see docs/errors.md") String code,
      @Doc("The request's id") String requestId) {}

  /** Of {@code /health}. */
  @Doc("How the gateway is.")
  record HealthView(
      @Doc("UP or DOWN") String status,
      @Doc("What an operator should know besides") java.util.Optional<String> remark) {}
}
