package dev.kinto.gateway.cli;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.apidoc.ApidocSources;
import dev.kinto.declaration.Contract;
import dev.kinto.declaration.MeantGroup;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code api-data.json} that the apidoc tool makes of comments, {@code api_data.json} in
 * releases before 0.50 (contract C41).
 *
 * <p>Each entry is written back as the comment that it was made of, a line for each field, and read
 * by the dialect: so both sources of an import mean the same. A {@code [String] auth-userId}, which
 * the tool takes for a field named String (contract C10), is a mistake: what it was meant to be is
 * only guessed here, and known in the source.
 */
final class ApidocDataFile {
  private final Path file;
  private final List<RouteDeclaration> routes = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  /** Routes of which the data does not tell whether they give a new token, by identity. */
  private final Set<RouteDeclaration> withoutRotation =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** Fields that were refused already, by identity. */
  private final Set<JsonNode> misread = Collections.newSetFromMap(new IdentityHashMap<>());

  private ApidocDataFile(Path file) {
    this.file = file;
  }

  /** A place in the data: the pointer to a value (RFC 6901). */
  private record DataPosition(Path file, String pointer, boolean isInHistory) implements Position {
    DataPosition(Path file, String pointer) {
      this(file, pointer, false);
    }

    @Override
    public String toString() {
      return file + "#" + pointer;
    }
  }

  static boolean isOne(Path source) {
    return source.toString().endsWith(".json");
  }

  /**
   * Reads the routes of a microservice.
   *
   * @throws IOException if the file cannot be read or holds something else
   */
  static Contract read(MicroserviceName microservice, Path file) throws IOException {
    ApidocDataFile reading = new ApidocDataFile(file);
    JsonNode data = parse(file);
    for (int i = 0; i < data.size(); i++) {
      reading.readRoute(data.get(i), "/" + i);
    }
    reading.warnOfUnknownRotation();
    return reading.contract(microservice);
  }

  private static JsonNode parse(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      JsonNode data = JsonMapper.builder().build().readTree(bytes);
      if (data.isArray()) {
        return data;
      }
    } catch (JacksonException notJson) {
      throw new IOException(file + " is not JSON: " + notJson.getOriginalMessage(), notJson);
    }
    throw new IOException(file + " is not apidoc's api-data.json, which is an array of routes");
  }

  private void readRoute(JsonNode entry, String pointer) {
    if (word(entry, "type").isEmpty() && word(entry, "url").isEmpty() && entry.isObject()) {
      passOver(entry, pointer);
      return;
    }
    ApidocLines lines = new ApidocLines();
    lines.add(pointer, "@api {" + word(entry, "type") + "} " + word(entry, "url"), entry, "title");
    lines.add(pointer + "/name", "@apiName", entry, "name");
    if (hasGroup(entry)) {
      lines.add(pointer + "/group", "@apiGroup", entry, "group");
    }
    lines.add(pointer + "/description", "@apiDescription", entry, "description");
    // The tool's own word for a route of no version.
    if (!word(entry, "version").equals("0.0.0")) {
      lines.add(pointer + "/version", "@apiVersion", entry, "version");
    }
    if (entry.has("deprecated")) {
      lines.add(pointer, "@apiDeprecated ", entry.path("deprecated"), "content");
    }
    for (JsonNode permission : entry.path("permission")) {
      lines.add(pointer + "/permission", "@apiPermission", permission, "name");
    }
    if (entry.path("rotatesToken").asBoolean(false)) {
      // Our own tag, which only data of our own can hold.
      lines.add(pointer, "@apiRotatesToken");
    }
    refuseMisread(entry.path("header"), pointer + "/header");
    refuseMisread(entry.path("success"), pointer + "/success");
    addSection(lines, "@apiHeader", entry.path("header"), pointer + "/header");
    addSection(lines, "@apiParam", entry.path("parameter"), pointer + "/parameter");
    addList(lines, "@apiQuery ", entry.path("query"), pointer + "/query");
    addList(lines, "@apiBody ", entry.path("body"), pointer + "/body");
    addSection(lines, "@apiSuccess", entry.path("success"), pointer + "/success");
    addSection(lines, "@apiError", entry.path("error"), pointer + "/error");
    addExamples(lines, "@api", entry, pointer);
    boolean history = Position.isHistory(word(entry, "filename"));
    ApidocComment comment =
        ApidocComment.parse(
            lines.text(), (line, column) -> new DataPosition(file, lines.pointer(line), history));
    mistakes.addAll(comment.mistakes());
    comment.severalRoutes().ifPresent(mistakes::add);
    List<RouteDeclaration> declared = comment.routes();
    routes.addAll(declared);
    if (!entry.path("rotatesToken").isBoolean()) {
      withoutRotation.addAll(declared);
    }
  }

  /**
   * The tool drops our own tag of logins; older versions of a route are nobody's login any more.
   */
  private void warnOfUnknownRotation() {
    for (RouteDeclaration route : Contract.current(routes)) {
      boolean writes =
          route.fields().results().stream()
              .anyMatch(field -> field.group().value().equals("Session"));
      if (writes && withoutRotation.contains(route)) {
        mistakes.add(
            Rule.APIDOC_TAG.at(
                route.method().at(),
                ("@apiRotatesToken is unknown to the apidoc tool, so that this data does not tell"
                        + " whether %s %s logs somebody in and gives the session a new token."
                        + " Import the sources, or add \"rotatesToken\": true to the entry of a"
                        + " login and false to others.")
                    .formatted(route.method().value(), route.path().value())));
      }
    }
  }

  /**
   * A definition, whose fields the tool has added to the routes that use it, or a comment without a
   * route: the data does not tell which.
   */
  private void passOver(JsonNode entry, String pointer) {
    for (String section : List.of("header", "success")) {
      for (Map.Entry<String, JsonNode> group : entry.path(section).path("fields").properties()) {
        if (MeantGroup.of(nameOf(group)).isPresent()) {
          mistakes.add(
              Rule.APIDOC_UNREAD.at(
                  new DataPosition(file, pointer + "/" + section + "/fields/" + escaped(group)),
                  "this entry is no route, and its %s fields belong to none. If they are not those of"
                          .formatted(nameOf(group))
                      + " an @apiDefine, put them into the comment that has the route's @api."));
        }
      }
    }
  }

  /** The tool names the group of a route without one after the path of its file. */
  private static boolean hasGroup(JsonNode entry) {
    String group = word(entry, "groupTitle");
    String file = word(entry, "filename");
    boolean path = group.startsWith("/") || group.startsWith(":\\", 1);
    return file.isEmpty() || !path || !group.replace('\\', '/').endsWith("/" + file);
  }

  private void refuseMisread(JsonNode section, String pointer) {
    for (Map.Entry<String, JsonNode> group : section.path("fields").properties()) {
      if (nameOf(group).equals("Session")) {
        refuseMisreadFields(group.getValue(), pointer + "/fields/" + escaped(group));
      }
    }
  }

  private void refuseMisreadFields(JsonNode fields, String pointer) {
    for (int i = 0; i < fields.size(); i++) {
      JsonNode field = fields.get(i);
      String type = word(field, "field");
      String words = ApidocLines.withoutMarkup(word(field, "description"));
      String name = words.split(" ", 2)[0];
      if (type.indexOf('-') < 0 && word(field, "type").isEmpty() && !name.isEmpty()) {
        mistakes.add(
            Rule.APIDOC_SYNTAX.at(
                new DataPosition(file, pointer + "/" + i),
                ("the session field \"%1$s\" has no dash: the apidoc tool misread \"[%1$s] %2$s\""
                        + " as an optional field named %1$s. Write \"{%1$s} [%2$s]\" in the"
                        + " source and run the tool again, or import the sources themselves,"
                        + " where both forms mean the same.")
                    .formatted(type, name)));
        misread.add(field);
      }
    }
  }

  /** A group that has an {@code @apiDefine} is filed under its title; the fields know its name. */
  private static String nameOf(Map.Entry<String, JsonNode> group) {
    String own = word(group.getValue().path(0), "group");
    return own.isEmpty() ? oneLine(group.getKey()) : own;
  }

  private static String escaped(Map.Entry<String, JsonNode> group) {
    return group.getKey().replace("~", "~0").replace("/", "~1");
  }

  private void addSection(ApidocLines lines, String tag, JsonNode section, String pointer) {
    for (Map.Entry<String, JsonNode> group : section.path("fields").properties()) {
      String start = tag + " (" + nameOf(group) + ") ";
      addList(lines, start, group.getValue(), pointer + "/fields/" + escaped(group));
    }
    addExamples(lines, tag, section, pointer);
  }

  private void addList(ApidocLines lines, String start, JsonNode fields, String pointer) {
    for (int i = 0; i < fields.size(); i++) {
      JsonNode field = fields.get(i);
      if (misread.contains(field)) {
        continue;
      }
      lines.add(pointer + "/" + i, start + type(field) + name(field), field, "description");
    }
  }

  private static void addExamples(ApidocLines lines, String tag, JsonNode section, String pointer) {
    for (JsonNode example : section.path("examples")) {
      String at = pointer + "/examples";
      String content = example.path("content").asString("");
      String start = tag + "Example {" + word(example, "type") + "}";
      // The tool takes the first line of an example without a title for one.
      boolean titled = !content.startsWith(example.path("title").asString(""));
      lines.add(at, titled ? start + " " + word(example, "title") : start);
      content.lines().forEach(line -> lines.add(at, "    " + line));
    }
  }

  private static String type(JsonNode field) {
    String type = word(field, "type");
    if (type.isEmpty()) {
      return "";
    }
    StringBuilder notation = new StringBuilder("{").append(type);
    if (field.path("isArray").asBoolean(false) && !type.endsWith("[]")) {
      notation.append("[]");
    }
    if (!word(field, "size").isEmpty()) {
      notation.append('{').append(word(field, "size")).append('}');
    }
    String separator = "=";
    for (JsonNode allowed : field.path("allowedValues")) {
      notation.append(separator).append(oneLine(allowed.asString("")));
      separator = ",";
    }
    return notation.append("} ").toString();
  }

  private static String name(JsonNode field) {
    String value = word(field, "defaultValue");
    String quote = value.indexOf('"') < 0 ? "\"" : "'";
    String name = word(field, "field") + (value.isEmpty() ? "" : "=" + quote + value + quote);
    return field.path("optional").asBoolean(false) ? "[" + name + "]" : name;
  }

  private static String word(JsonNode object, String key) {
    return oneLine(object.path(key).asString(""));
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ').strip();
  }

  private Contract contract(MicroserviceName microservice) {
    return ApidocSources.contract(microservice, new DataPosition(file, ""), routes, mistakes);
  }
}
