package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.apidoc.SourcePosition;
import dev.kinto.declaration.Contract;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/manifest.md says what the schema and the code say: its tables are made of the schema, and
 * its example by the code. To rewrite them: {@code -Dkinto.goldens=rewrite}.
 */
class ManifestPageTest {
  private static final Path PAGE = Path.of("..", "docs", "manifest.md");
  private static final Path SCHEMA = Path.of("..", "docs", "manifest.schema.json");
  private static final Pattern TABLE = Pattern.compile("<!-- schema: (\\w+) -->\\n(\\|.*\\n)*");
  private static final Pattern COMMENT = Pattern.compile("<!-- comment -->\\n```\\n([^`]*)```");
  private static final Pattern MANIFEST =
      Pattern.compile("(<!-- manifest -->\\n```json\\n)[^`]*```");

  private final JsonNode schema = JsonMapper.shared().readTree(SCHEMA.toFile());

  @Test
  void thePageSaysWhatTheSchemaSays() throws IOException {
    String page = Files.readString(PAGE);
    String tables = TABLE.matcher(page).replaceAll(this::table);
    String right =
        MANIFEST
            .matcher(tables)
            .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + example(page) + "```"));
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      Files.writeString(PAGE, right);
    }
    assertEquals(right, Files.readString(PAGE));
  }

  @Test
  void everyPartOfTheSchemaHasItsTable() throws IOException {
    TreeSet<String> objects = new TreeSet<>(List.of("manifest"));
    for (Map.Entry<String, JsonNode> part : schema.get("$defs").properties()) {
      if (part.getValue().has("properties")) {
        objects.add(part.getKey());
      }
    }
    assertEquals(
        objects,
        TABLE
            .matcher(Files.readString(PAGE))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private String table(MatchResult found) {
    JsonNode part =
        found.group(1).equals("manifest") ? schema : schema.get("$defs").get(found.group(1));
    StringBuilder table = new StringBuilder("<!-- schema: " + found.group(1) + " -->\n");
    table.append("| key | | |\n| --- | --- | --- |\n");
    for (Map.Entry<String, JsonNode> property : part.get("properties").properties()) {
      JsonNode value = resolved(property.getValue());
      table
          .append("| `" + property.getKey() + "` | " + type(value))
          .append(isRequired(part, property.getKey()) ? "" : ", optional")
          .append(" | " + value.get("description").stringValue().replace("|", "\\|") + " |\n");
    }
    return Matcher.quoteReplacement(table.toString());
  }

  private JsonNode resolved(JsonNode value) {
    return value.has("$ref") ? schema.at(value.get("$ref").stringValue().substring(1)) : value;
  }

  private static String type(JsonNode value) {
    if (value.has("const")) {
      return "`" + value.get("const") + "`";
    }
    if (value.has("enum")) {
      return value
          .get("enum")
          .valueStream()
          .map(word -> "`" + word.stringValue() + "`")
          .collect(Collectors.joining(", "));
    }
    String type = value.get("type").stringValue();
    return type.equals("array") ? "list" : type;
  }

  private static boolean isRequired(JsonNode part, String key) {
    return part.get("required").valueStream().anyMatch(word -> word.stringValue().equals(key));
  }

  /** The manifest of the comment that the page shows. */
  private static String example(String page) {
    Matcher comment = COMMENT.matcher(page);
    assertEquals(true, comment.find());
    RouteDeclaration route =
        ApidocComment.parse(
                comment.group(1), (line, column) -> new SourcePosition("page", line, column))
            .routes()
            .get(0);
    Contract contract =
        Contract.of(new Text("users", new SourcePosition("page", 1, 1)), List.of(route));
    assertEquals(List.of(), contract.mistakes());
    return contract.manifest().orElseThrow().toJson();
  }
}
