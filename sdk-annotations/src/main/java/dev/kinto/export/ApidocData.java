package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Example.Subject;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of a microservice as the apidoc tool 1.2 writes them to {@code api-data.json}, an
 * array. {@code rotatesToken}, which the tool does not know, is the one member of our own; where a
 * route sets fields its absence means that nobody knows.
 */
final class ApidocData {
  private final JsonWriter json;
  private final Manifest manifest;

  private ApidocData(JsonWriter json, Manifest manifest) {
    this.json = json;
    this.manifest = manifest;
  }

  static String write(Manifest manifest) {
    return JsonWriter.array(
        manifest.routes(), (json, route) -> new ApidocData(json, manifest).route(route));
  }

  private void route(Route route) {
    String group = route.group().isEmpty() ? manifest.microservice().value() : route.group();
    json.text("type", route.method().toLowerCase(Locale.ROOT));
    json.text("url", route.path().text());
    json.text("title", route.title());
    json.text("name", route.name());
    json.text("group", group);
    json.text("groupTitle", group);
    json.text("version", route.documentation().version().map(Object::toString).orElse("0.0.0"));
    json.textUnlessEmpty("description", ApidocField.html(route.description()));
    json.arrayUnlessEmpty(
        "permission", route.documentation().permissions(), name -> json.text("name", name));
    route
        .documentation()
        .deprecation()
        .ifPresent(words -> json.object("deprecated", () -> json.text("content", words)));
    if (route.rotatesToken() || !route.writes().isEmpty()) {
      json.flag("rotatesToken", route.rotatesToken());
    }
    section("header", groups(headers(route)), examples(route, Subject.HEADER));
    section(
        "parameter", groups(parameters(route, "Url", "Url")), examples(route, Subject.PARAMETER));
    list("query", parameters(route, "QueryString", "Query"));
    list("body", parameters(route, "Body", "Body"));
    section("success", groups(results(route)), examples(route, Subject.SUCCESS));
    section("error", groups(errors(route)), examples(route, Subject.ERROR));
    json.arrayUnlessEmpty("examples", examples(route, Subject.USAGE), this::example);
    json.text("filename", manifest.resourceName());
  }

  private static List<ApidocField> headers(Route route) {
    List<ApidocField> headers = new ArrayList<>();
    route.documentation().headers().forEach(field -> headers.add(ApidocField.of("Header", field)));
    for (SessionRead read : route.reads()) {
      headers.add(
          new ApidocField(
              "Session",
              read.type().toString(),
              read.field().spelling(),
              !read.required(),
              read.defaultValue(),
              read.description()));
    }
    route
        .config()
        .forEach(
            config ->
                headers.add(
                    new ApidocField(
                        "Config",
                        "String",
                        config.field().spelling(),
                        !config.required(),
                        Optional.empty(),
                        config.description())));
    return headers;
  }

  private static List<ApidocField> results(Route route) {
    List<ApidocField> results = new ArrayList<>();
    for (DocumentedField field : route.documentation().results()) {
      results.add(
          ApidocField.of(field.group().equals("200") ? "Success 200" : field.group(), field));
    }
    route
        .writes()
        .forEach(
            write ->
                results.add(
                    new ApidocField(
                        "Session",
                        write.type().toString(),
                        write.field().spelling(),
                        write.optional(),
                        Optional.empty(),
                        write.description())));
    return results;
  }

  private static List<ApidocField> errors(Route route) {
    return route.documentation().errors().stream()
        .map(
            field ->
                ApidocField.of(field.group().equals("400") ? "Error 4xx" : field.group(), field))
        .toList();
  }

  private static List<ApidocField> parameters(Route route, String group, String named) {
    return route.documentation().parameters().stream()
        .filter(field -> field.group().equals(group))
        .map(field -> ApidocField.of(named, field))
        .toList();
  }

  private static Map<String, List<ApidocField>> groups(List<ApidocField> fields) {
    Map<String, List<ApidocField>> groups = new LinkedHashMap<>();
    fields.forEach(
        field -> groups.computeIfAbsent(field.group(), key -> new ArrayList<>()).add(field));
    return groups;
  }

  private static List<Example> examples(Route route, Subject of) {
    return route.documentation().examples().stream().filter(example -> example.of() == of).toList();
  }

  private void section(String key, Map<String, List<ApidocField>> groups, List<Example> examples) {
    if (groups.isEmpty() && examples.isEmpty()) {
      return;
    }
    json.object(
        key,
        () -> {
          if (!groups.isEmpty()) {
            json.object("fields", () -> groups.forEach(this::list));
          }
          json.arrayUnlessEmpty("examples", examples, this::example);
        });
  }

  private void list(String key, List<ApidocField> fields) {
    json.arrayUnlessEmpty(key, fields, field -> field.write(json, fields));
  }

  private void example(Example example) {
    json.text("title", example.title());
    json.text("content", example.content());
    json.text("type", example.type());
  }
}
