package dev.kinto.gateway.cli;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.declaration.Contract;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code api-data.json} that the apidoc tool makes of comments (contract C41).
 *
 * <p>Each entry is written back as the comment that it was made of, a line for each field, and read
 * by the dialect: so both sources of an import mean the same, and a {@code [String] auth-userId},
 * which the tool takes for a field named String, becomes what it was meant to be (contract C10).
 */
final class ApidocDataFile {
  private final Path file;
  private final List<RouteDeclaration> routes = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  private ApidocDataFile(Path file) {
    this.file = file;
  }

  /** A place in the data: the pointer to a value (RFC 6901). */
  private record DataPosition(Path file, String pointer) implements Position {
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
    Lines lines = new Lines();
    lines.add(pointer, "@api {" + word(entry, "type") + "} " + word(entry, "url"), entry, "title");
    lines.add(pointer + "/name", "@apiName", entry, "name");
    lines.add(pointer + "/group", "@apiGroup", entry, "group");
    lines.add(pointer + "/description", "@apiDescription", entry, "description");
    addFields(lines, "@apiHeader", entry.path("header"), pointer + "/header");
    addFields(lines, "@apiSuccess", entry.path("success"), pointer + "/success");
    ApidocComment comment =
        ApidocComment.parse(
            lines.text.toString(),
            (line, column) -> new DataPosition(file, lines.pointers.get(line - 1)));
    mistakes.addAll(comment.mistakes());
    comment.route().ifPresent(routes::add);
  }

  private static void addFields(Lines lines, String tag, JsonNode section, String pointer) {
    for (Map.Entry<String, JsonNode> group : section.path("fields").properties()) {
      String escaped = group.getKey().replace("~", "~0").replace("/", "~1");
      for (int i = 0; i < group.getValue().size(); i++) {
        JsonNode field = group.getValue().get(i);
        String line = tag + " (" + oneLine(group.getKey()) + ") " + type(field) + name(field);
        lines.add(pointer + "/fields/" + escaped + "/" + i, line, field, "description");
      }
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
    Text name = new Text(microservice.value(), new DataPosition(file, ""));
    Contract checked = Contract.of(name, routes);
    Optional<Manifest> manifest = mistakes.isEmpty() ? checked.manifest() : Optional.empty();
    mistakes.addAll(checked.mistakes());
    return new Contract(manifest, mistakes);
  }

  /** A comment that is being written, and for each line the value that it stands for. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private final List<String> pointers = new ArrayList<>();

    /** Adds a line that ends with words for people, unless it would be a bare tag. */
    void add(String pointer, String line, JsonNode object, String words) {
      String plain = withoutMarkup(word(object, words));
      if (!plain.isEmpty() || line.indexOf(' ') >= 0) {
        text.append(line).append(' ').append(plain).append('\n');
        pointers.add(pointer);
      }
    }

    /** The tool turns descriptions into HTML; what it writes has no {@code >} in attributes. */
    private static String withoutMarkup(String html) {
      StringBuilder plain = new StringBuilder();
      boolean tag = false;
      for (int i = 0; i < html.length(); i++) {
        char c = html.charAt(i);
        if (c == '<') {
          tag = true;
        } else if (c == '>' && tag) {
          tag = false;
        } else if (!tag) {
          plain.append(c);
        }
      }
      return plain
          .toString()
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&quot;", "\"")
          .replace("&#39;", "'")
          .replace("&amp;", "&")
          .strip();
    }
  }
}
