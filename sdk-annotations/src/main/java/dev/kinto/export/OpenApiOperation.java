package dev.kinto.export;

import dev.kinto.export.OpenApiPaths.PathParameter;
import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.Documentation;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Example.Subject;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes one route as an operation of OpenAPI, from its summary to its answers. */
final class OpenApiOperation {
  private static final String BODY = "Body";
  private static final String QUERY = "QueryString";

  private final JsonWriter json;
  private final Route route;
  private final Documentation documentation;
  private final List<PathParameter> inPath;

  OpenApiOperation(JsonWriter json, OpenApiPaths.Operation operation) {
    this.json = json;
    this.route = operation.route();
    this.documentation = route.documentation();
    this.inPath = operation.parameters();
  }

  /**
   * A parameter of the call.
   *
   * @param place where it stands: path, query or header
   * @param name its name
   * @param field what is documented, if anything
   * @param rest whether it stands for the rest of the path
   */
  private record Parameter(
      String place, String name, Optional<DocumentedField> field, boolean rest) {}

  void write() {
    json.text("operationId", route.name());
    if (!route.group().isEmpty()) {
      json.texts("tags", List.of(route.group()));
    }
    json.textUnlessEmpty("summary", route.title());
    json.textUnlessEmpty("description", description());
    if (documentation.deprecation().isPresent()) {
      json.flag("deprecated", true);
    }
    json.arrayUnlessEmpty("parameters", parameters(), this::parameter);
    body();
    json.object("responses", () -> OpenApiAnswers.of(documentation).write(json));
    json.arrayUnlessEmpty("x-codeSamples", examples(Subject.USAGE), this::sample);
  }

  private String description() {
    String deprecated = documentation.deprecation().filter(words -> !words.isEmpty()).orElse("");
    String permissions = String.join(", ", documentation.permissions());
    return OpenApiDocument.paragraphs(
        List.of(
            route.description(),
            deprecated.isEmpty() ? "" : "Deprecated: " + deprecated,
            permissions.isEmpty() ? "" : "Who may call it: " + permissions));
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (PathParameter parameter : inPath) {
      Optional<DocumentedField> field =
          documentation.parameters().stream()
              .filter(documented -> documented.group().equals("Url"))
              .filter(documented -> documented.name().equals(parameter.declared()))
              .findFirst();
      parameters.add(new Parameter("path", parameter.name(), field, parameter.rest()));
    }
    addOnce(parameters, "query", fields(QUERY));
    addOnce(parameters, "header", documentation.headers());
    return parameters;
  }

  /** OpenAPI allows one parameter of a name; of several the first is documented. */
  private static void addOnce(
      List<Parameter> parameters, String place, List<DocumentedField> fields) {
    Set<String> names = new HashSet<>();
    fields.stream()
        .filter(field -> names.add(field.name()))
        .forEach(field -> parameters.add(new Parameter(place, field.name(), of(field), false)));
  }

  private static Optional<DocumentedField> of(DocumentedField field) {
    return Optional.of(field);
  }

  private List<DocumentedField> fields(String group) {
    return documentation.parameters().stream()
        .filter(parameter -> parameter.group().equals(group))
        .toList();
  }

  private void parameter(Parameter parameter) {
    json.text("name", parameter.name());
    json.text("in", parameter.place());
    boolean required = parameter.field().map(field -> !field.optional()).orElse(true);
    if (parameter.place().equals("path") || required) {
      json.flag("required", true);
    }
    json.textUnlessEmpty(
        "description",
        OpenApiDocument.paragraphs(
            List.of(
                parameter.field().map(DocumentedField::description).orElse(""),
                parameter.rest()
                    ? "The rest of the path, one segment or more: the slashes between them are sent"
                        + " as they are."
                    : "")));
    if (parameter.rest()) {
      // OpenAPI has no word for it, and generated clients would encode the slashes.
      json.flag("x-rest", true);
    }
    json.object(
        "schema",
        () ->
            parameter
                .field()
                .ifPresentOrElse(
                    field -> Schema.write(json, field, () -> {}),
                    () -> json.text("type", "string")));
  }

  private void body() {
    List<DocumentedField> fields = fields(BODY);
    if (fields.isEmpty()) {
      return;
    }
    FieldTree tree = FieldTree.of(fields);
    boolean file = fields.stream().anyMatch(field -> field.type().equalsIgnoreCase("File"));
    json.object(
        "requestBody",
        () -> {
          if (tree.hasRequired()) {
            json.flag("required", true);
          }
          json.object(
              "content",
              () ->
                  json.object(
                      file ? "multipart/form-data" : "application/json",
                      () -> {
                        json.object("schema", () -> tree.write(json));
                        OpenApiExamples.write(json, examples(Subject.PARAMETER));
                      }));
        });
  }

  private List<Example> examples(Subject of) {
    return documentation.examples().stream().filter(example -> example.of() == of).toList();
  }

  /** What Redocly, Stoplight and others show beside an operation. */
  private void sample(Example example) {
    json.text("lang", example.type());
    json.textUnlessEmpty("label", example.title());
    json.text("source", example.content());
  }
}
