package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.Documentation;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Example.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The answers of a route by status, as OpenAPI has them. */
final class OpenApiAnswers {
  private static final Map<String, String> PHRASES =
      Map.ofEntries(
          Map.entry("200", "OK"),
          Map.entry("201", "Created"),
          Map.entry("202", "Accepted"),
          Map.entry("204", "No Content"),
          Map.entry("2XX", "Success"),
          Map.entry("303", "See Other"),
          Map.entry("304", "Not Modified"),
          Map.entry("400", "Bad Request"),
          Map.entry("401", "Unauthorized"),
          Map.entry("403", "Forbidden"),
          Map.entry("404", "Not Found"),
          Map.entry("409", "Conflict"),
          Map.entry("410", "Gone"),
          Map.entry("412", "Precondition Failed"),
          Map.entry("422", "Unprocessable Content"),
          Map.entry("429", "Too Many Requests"),
          Map.entry("500", "Internal Server Error"),
          Map.entry("503", "Service Unavailable"),
          Map.entry("4XX", "Client Error"),
          Map.entry("5XX", "Server Error"));

  private final Map<String, Answer> byStatus = new TreeMap<>();

  /**
   * What is known of the answers of one status.
   *
   * @param fields of the body
   * @param examples of the body
   */
  private record Answer(List<DocumentedField> fields, List<Example> examples) {}

  private OpenApiAnswers() {}

  static OpenApiAnswers of(Documentation documentation) {
    OpenApiAnswers answers = new OpenApiAnswers();
    documentation.results().forEach(field -> answers.at(field.group()).fields().add(field));
    String success =
        documentation.results().isEmpty() ? "2XX" : answers.byStatus.keySet().iterator().next();
    if (documentation.results().isEmpty()) {
      answers.at("2XX");
    }
    String error =
        documentation.errors().stream().map(DocumentedField::group).findFirst().orElse("4XX");
    documentation.errors().forEach(field -> answers.at(field.group()).fields().add(field));
    for (Example example : documentation.examples()) {
      if (example.of() == Subject.SUCCESS || example.of() == Subject.ERROR) {
        String usual = example.of() == Subject.SUCCESS ? success : error;
        answers.at(OpenApiExamples.status(example).orElse(usual)).examples().add(example);
      }
    }
    return answers;
  }

  private Answer at(String status) {
    return byStatus.computeIfAbsent(
        status.toUpperCase(Locale.ROOT), key -> new Answer(new ArrayList<>(), new ArrayList<>()));
  }

  /** Writes the members of {@code responses}. */
  void write(JsonWriter json) {
    byStatus.forEach((status, answer) -> json.object(status, () -> write(json, status, answer)));
  }

  private static void write(JsonWriter json, String status, Answer answer) {
    json.text("description", PHRASES.getOrDefault(status, "Status " + status));
    if (answer.fields().isEmpty() && answer.examples().isEmpty()) {
      return;
    }
    json.object(
        "content",
        () ->
            json.object(
                "application/json",
                () -> {
                  if (!answer.fields().isEmpty()) {
                    json.object("schema", () -> FieldTree.of(answer.fields()).write(json));
                  }
                  OpenApiExamples.write(json, answer.examples());
                }));
  }
}
