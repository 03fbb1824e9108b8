package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.PulledManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Holds docs/configuration.md and docs/all-keys.yaml against what the gateway reads: every key has
 * a row and a place in the example, every row is a key, and a wrong value says what its type says.
 */
class ConfigurationPageTest {
  private static final Path DOCS = Path.of("../docs");
  private static final String UNKNOWN = "qqqqqqqqqqqqqqqqqqqqqqqq";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir static Path folder;
  private static final Map<String, String> TYPE_OF_KEY = new LinkedHashMap<>();
  private static final Map<String, WrongValue> WRONG_VALUE_OF_TYPE = new LinkedHashMap<>();

  /** What a type's row says of a wrong value. */
  private record WrongValue(String yaml, String message) {}

  @BeforeAll
  static void readThePage() throws IOException {
    for (String line : Files.readAllLines(DOCS.resolve("configuration.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 6 && cells[1].strip().startsWith("`")) {
        TYPE_OF_KEY.put(code(cells[1]), cells[2].strip());
      } else if (cells.length == 5 && !line.startsWith("| ---") && !cells[1].contains("type")) {
        Matcher wrong = CODE.matcher(cells[3]);
        boolean any = wrong.find();
        String message = any ? cells[3].substring(wrong.end() + 1).strip() : "";
        WRONG_VALUE_OF_TYPE.put(
            cells[1].strip(), new WrongValue(any ? wrong.group(1) : "", message));
      }
    }
    TestCertificate.in(folder, "api");
    Files.writeString(folder.resolve("hunter2"), "{");
    Files.writeString(folder.resolve("token-key.txt"), "the-secret-that-signed-until-today");
    Files.writeString(folder.resolve("github-token.txt"), "none");
    Files.writeString(
        folder.resolve("auth.json"),
        TestManifest.of("auth").route("POST /login").writes("auth-userId").build().toJson());
    Files.writeString(
        folder.resolve("articles.json"),
        TestManifest.of("articles")
            .route("GET /articles/{id}")
            .config("githubToken")
            .build()
            .toJson());
  }

  private static String code(String cell) {
    Matcher code = CODE.matcher(cell);
    assertTrue(code.find(), cell);
    return code.group(1);
  }

  private static String example() throws IOException {
    return Files.readString(DOCS.resolve("all-keys.yaml"));
  }

  @SuppressWarnings("unchecked") // the outermost node of a configuration is a mapping
  private static Map<String, Object> tree(String yaml) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static ConfigDraft read(String yaml) throws IOException {
    Path file = folder.resolve("gateway.yaml");
    Files.writeString(file, yaml);
    return GatewayConfig.read(file, Map.of());
  }

  private static List<String> problems(Map<String, Object> tree) {
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(tree);
    return assertThrows(InvalidConfigException.class, () -> Gateway.check(read(yaml)), () -> yaml)
        .problems();
  }

  /** The section at a path without its last key; of a list the one that has the key. */
  @SuppressWarnings("unchecked") // the test goes where the example has sections
  private static Map<String, Object> sectionOf(Map<String, Object> tree, List<String> path) {
    List<String> above = path.subList(0, path.size() - 1);
    Map<String, Object> first = section(tree, above);
    if (above.isEmpty() || first.containsKey(path.getLast())) {
      return first;
    }
    Object list =
        section(tree, above.subList(0, above.size() - 1)).get(above.getLast().replace("[]", ""));
    if (list instanceof List<?> all) {
      for (Object each : all) {
        if (((Map<String, Object>) each).containsKey(path.getLast())) {
          return (Map<String, Object>) each;
        }
      }
    }
    return first;
  }

  /** The node at a path, whose keys are separated by dots. */
  @SuppressWarnings("unchecked") // the test goes where the example has sections
  private static Map<String, Object> section(Map<String, Object> tree, List<String> path) {
    Object node = tree;
    for (String part : path) {
      node = ((Map<String, Object>) node).get(part.replace("[]", ""));
      assertTrue(node != null, "the example has no " + path);
      node = node instanceof List<?> list ? list.getFirst() : node;
    }
    return (Map<String, Object>) node;
  }

  /** The page's key as the example has it. */
  private static List<String> path(String key) {
    String service =
        key.endsWith(".trust") || key.endsWith(".upstreamTls")
            ? "auth"
            : key.endsWith(".allowReads") ? "shop" : "articles";
    return Arrays.asList(
        key.replace("<name>", "demo")
            .replace("<service>", service)
            .replace("<header>", "githubToken")
            .split("\\.", -1));
  }

  @Test
  void theExampleIsAConfigurationThatWorks() throws Exception {
    Environments.build(read(example()), PulledManifests.NONE);
  }

  /** What is known in a section is what the message about an unknown key lists. */
  private static Set<String> knownIn(List<String> path) throws IOException {
    Map<String, Object> tree = tree(example());
    section(tree, path).put(UNKNOWN, "x");
    String problem =
        problems(tree).stream().filter(line -> line.contains(UNKNOWN)).findFirst().orElseThrow();
    Matcher known = Pattern.compile("Known here are (.*)\\.").matcher(problem);
    assertTrue(known.find(), problem);
    return new TreeSet<>(List.of(known.group(1).split(", ", -1)));
  }

  @Test
  void everyKeyHasARowAndAPlaceInTheExample() throws IOException {
    Set<String> sections = new TreeSet<>(Set.of(""));
    for (String key : TYPE_OF_KEY.keySet()) {
      for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
        sections.add(key.substring(0, dot));
      }
    }
    // Their keys are names that the operator chooses, or those of another section.
    sections.removeIf(each -> each.matches("environments|.*\\.services|.*\\.config"));
    sections.removeIf(each -> TYPE_OF_KEY.containsKey(each + ".…"));
    for (String section : sections) {
      for (String key : knownIn(section.isEmpty() ? List.of() : path(section))) {
        String whole = section.isEmpty() ? key : section + "." + key;
        List<String> path = path(whole);
        assertTrue(
            sectionOf(tree(example()), path).containsKey(key), "docs/all-keys.yaml lacks " + whole);
        assertTrue(
            TYPE_OF_KEY.keySet().stream()
                .map(row -> row.replace("[]", ""))
                .anyMatch(row -> (row + ".").startsWith(whole.replace("[]", "") + ".")),
            "docs/configuration.md lacks " + whole);
      }
    }
    assertTrue(sections.size() > 15, sections.toString());
  }

  @TestFactory
  Stream<DynamicTest> everyRowIsAKeyAndItsWrongValueSaysWhatItsTypeSays() {
    return TYPE_OF_KEY.entrySet().stream()
        .filter(row -> !row.getKey().endsWith("…"))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(), () -> checkRow(row.getKey(), row.getValue())));
  }

  private static void checkRow(String key, String type) throws IOException, InvalidConfigException {
    assertTrue(WRONG_VALUE_OF_TYPE.containsKey(type), "the page does not explain the type " + type);
    WrongValue wrong = WRONG_VALUE_OF_TYPE.get(type);
    List<String> path = path(key);
    String last = path.getLast().replace("[]", "");
    Map<String, Object> tree = tree(example());
    Map<String, Object> section = sectionOf(tree, path);
    assertTrue(section.containsKey(last), "docs/all-keys.yaml lacks " + key);
    if (wrong.yaml().isEmpty()) {
      return;
    }
    section.put(last, tree("it: " + wrong.yaml()).get("it"));
    List<String> problems = problems(tree);
    String place = String.join(".", path).replace("[]", "[0]");
    assertTrue(
        problems.stream().anyMatch(line -> line.contains(last) && line.contains(wrong.message())),
        place + " says " + problems);
    assertTrue(problems.getFirst().matches("(?s).*gateway\\.yaml:[0-9]+: .*"), problems.toString());
  }

  /** Values that are wrong somewhere, or right; each holds what nobody may see. */
  private static final List<String> SECRETS =
      List.of(
          "hunter2",
          "hunter2 \u00fc",
          "/hunter2/hunter2.json",
          "api.pem/hunter2",
          "10.0.0.1/hunter2",
          "http://hunter2.example:65536",
          "https://hunter2@hunter2.example/hunter2?hunter2",
          "http://hunter2.example");

  /** C43: messages quote the source text, never the value, whatever the key and the value. */
  @TestFactory
  Stream<DynamicTest> noMessageShowsWhatAVariableHolds() {
    return TYPE_OF_KEY.keySet().stream()
        .filter(key -> !key.endsWith("…"))
        .map(key -> DynamicTest.dynamicTest(key, () -> checkIsHidden(key)));
  }

  private static void checkIsHidden(String key) throws IOException, InvalidConfigException {
    GatewayConfig running = read(example()).orThrow();
    List<String> path = path(key);
    String last = path.getLast().replace("[]", "");
    for (String secret : SECRETS) {
      for (Object value : List.of("${SECRET}", List.of("a", "${SECRET}"))) {
        Map<String, Object> tree = tree(example());
        sectionOf(tree, path).put(last, value);
        Path file = folder.resolve("secret.yaml");
        Files.writeString(file, new Dump(DumpSettings.builder().build()).dumpToString(tree));
        ConfigDraft draft = GatewayConfig.read(file, Map.of("SECRET", secret));
        FixedKeys.check(running, draft);
        String said;
        try {
          said = Environments.build(draft, PulledManifests.NONE).warnings().toString();
        } catch (InvalidConfigException e) {
          said = e.getMessage();
        }
        assertFalse(said.contains("hunter2"), said);
      }
    }
  }

  @Test
  void thePageIsReadWhole() {
    assertEquals("duration", TYPE_OF_KEY.get("tokens.grace"));
    assertEquals("duration", TYPE_OF_KEY.get("upstreamLimits.totalTimeout"));
    assertTrue(TYPE_OF_KEY.size() > 50, TYPE_OF_KEY.keySet().toString());
  }
}
