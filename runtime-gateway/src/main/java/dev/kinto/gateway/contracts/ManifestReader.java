package dev.kinto.gateway.contracts;

import dev.kinto.declaration.Contract;
import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.FieldDeclarations;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Text;
import dev.kinto.declaration.Wording;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a manifest from JSON text (contract C12) and checks it by the rules that its author's
 * declarations had to keep. All that is wrong with it is reported at once, each with a JSON pointer
 * (RFC 6901).
 */
public final class ManifestReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Configuration values have no type; none is said of them. */
  private static final Text ANY_TYPE = new Text("String", new Pointer(""));

  private static final Pattern PARAMETER_GROUP = Pattern.compile("Url|QueryString|Body");

  /** Where the parser says that it does not know where something began. */
  private static final Pattern PARSERS_OWN_WORDS =
      Pattern.compile(" \\([^(]*\\[Source: .*", Pattern.DOTALL);

  private static final Pattern STATUS = Pattern.compile("[1-5]([0-9][0-9]|xx)");

  /** How much of a value a message shows. */
  private static final int MOST_SHOWN = 200;

  private final ManifestLimits limits;
  private final List<ManifestProblem> problems = new ArrayList<>();
  private int others;

  private ManifestReader(ManifestLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a manifest of one's own.
   *
   * @throws InvalidManifestException that lists every problem
   */
  public static Manifest read(String json) throws InvalidManifestException {
    return read(json, ManifestLimits.OWN);
  }

  private static Manifest read(String json, ManifestLimits limits) throws InvalidManifestException {
    ManifestReader reader = new ManifestReader(limits);
    Manifest manifest = reader.manifest(parse(json));
    if (manifest == null || !reader.problems.isEmpty()) {
      throw new InvalidManifestException(reader.told());
    }
    return manifest;
  }

  /**
   * Reads the manifest of a microservice, and of no other.
   *
   * @throws InvalidManifestException that lists every problem, as far as the limits let them be
   *     looked for
   */
  public static Manifest read(String json, MicroserviceName microservice, ManifestLimits limits)
      throws InvalidManifestException {
    Manifest manifest = read(json, limits);
    if (!manifest.microservice().equals(microservice)) {
      throw new InvalidManifestException(
          List.of(
              ManifestProblem.of(
                  "/microservice",
                  "this is the manifest of \""
                      + manifest.microservice()
                      + "\", not of \""
                      + microservice
                      + "\".")));
    }
    return manifest;
  }

  private List<ManifestProblem> told() {
    if (others > 0) {
      problems.add(ManifestProblem.of("", "and " + others + " more."));
    }
    return problems;
  }

  private void add(ManifestProblem problem) {
    if (problems.size() < limits.problems()) {
      problems.add(problem);
    } else {
      others++;
    }
  }

  private void add(String pointer, String text) {
    add(ManifestProblem.of(pointer, text));
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  private static JsonNode parse(String json) throws InvalidManifestException {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String where =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      String problem = PARSERS_OWN_WORDS.matcher(e.getOriginalMessage()).replaceFirst("");
      throw new InvalidManifestException(
          List.of(ManifestProblem.of("", where + "not JSON: " + problem)));
    }
  }

  private @Nullable Manifest manifest(JsonNode json) {
    if (json.isMissingNode()) {
      add("", "the file is empty; a manifest is wanted.");
      return null;
    }
    Item item = new Item("", json);
    JsonNode version = item.has("manifestVersion") ? json.get("manifestVersion") : json.path("");
    if (!version.isInt() || version.intValue() != Manifest.VERSION) {
      add(
          "/manifestVersion",
          "this gateway reads version "
              + Manifest.VERSION
              + ". Found: "
              + shown(version)
              + ". Generate the manifest with a processor of the same release as the gateway.");
      return null;
    }
    Text microservice = item.required("microservice");
    if (!item.has("routes")) {
      item.problem("routes", "is missing");
    }
    int count = json.path("routes").size();
    if (count > limits.routes()) {
      item.problem(
          "routes",
          "a manifest that is pulled has at most "
              + limits.routes()
              + " routes. Found: "
              + count
              + ". Split the microservice, or name the manifest as a file.");
      return null;
    }
    List<RouteDeclaration> routes = item.items("routes", this::route);
    item.refuseOthers();
    if (microservice == null) {
      return null;
    }
    // Not every manifest comes straight from the processor: the same rules hold for all of them.
    Contract contract = Contract.of(microservice, routes);
    contract.mistakes().stream()
        .filter(mistake -> !mistake.rule().warning())
        .map(
            mistake ->
                new ManifestProblem(mistake.rule().id(), mistake.at().toString(), mistake.text()))
        .forEach(this::add);
    contract.manifest().ifPresent(this::checkSearch);
    return contract.manifest().orElse(null);
  }

  /** Templates that differ at many segments in what is a parameter make each request dear. */
  private void checkSearch(Manifest manifest) {
    RouteTree<Route> tree = new RouteTree<>();
    manifest.routes().forEach(r -> tree.add(r.path(), UnaryOperator.identity(), r.method(), r));
    int search = tree.longestSearch();
    if (search > limits.search()) {
      add(
          "/routes",
          "the paths of a manifest that is pulled may have a literal where another has a parameter"
              + " so often that a request is compared in at most "
              + limits.search()
              + " places. Found: "
              + search
              + ". Give these routes different beginnings, or name the manifest as a file.");
    }
  }

  private @Nullable RouteDeclaration route(Item item) {
    if (item.refusedAsNoObject()) {
      return null;
    }
    if (!item.keepsFieldLimit()) {
      return null;
    }
    Text method = item.required("method");
    Text path = item.required("path");
    Text name = item.required("name");
    Wording wording = wording(item);
    List<FieldDeclaration> headers = new ArrayList<>();
    headers.addAll(item.items("reads", read -> field(read, Kind.READ)));
    headers.addAll(item.items("config", read -> field(read, Kind.CONFIG)));
    List<FieldDeclaration> results = new ArrayList<>();
    results.addAll(item.items("writes", write -> field(write, Kind.WRITE)));
    boolean rotatesToken = item.flag("rotatesToken");
    headers.addAll(item.items("headers", header -> field(header, Kind.HEADER)));
    results.addAll(item.items("results", result -> field(result, Kind.ANSWER)));
    FieldDeclarations fields =
        new FieldDeclarations(
            headers,
            item.items("parameters", parameter -> field(parameter, Kind.PARAMETER)),
            results,
            item.items("errors", error -> field(error, Kind.ANSWER)));
    item.refuseOthers();
    return method == null || path == null || name == null
        ? null
        : new RouteDeclaration(method, path, name, wording, fields, rotatesToken);
  }

  private Wording wording(Item item) {
    String title = item.text("title");
    String group = item.text("group");
    String description = item.text("description");
    return new Wording(
        title,
        group,
        description,
        item.has("version") ? Optional.ofNullable(item.required("version")) : Optional.empty(),
        item.texts("permissions"),
        item.has("deprecated") ? Optional.of(item.text("deprecated")) : Optional.empty(),
        item.items("examples", this::example));
  }

  private @Nullable Example example(Item item) {
    if (item.refusedAsNoObject()) {
      return null;
    }
    Text of = item.required("of");
    String title = item.text("title");
    Text type = item.required("type");
    Text content = item.required("content");
    item.refuseOthers();
    if (of == null || type == null || content == null) {
      return null;
    }
    Optional<Example.Subject> subject = Example.Subject.named(of.value());
    if (subject.isEmpty()) {
      item.problem("of", "what an example shows is not known. Found: \"" + of.value() + '"');
      return null;
    }
    return new Example(subject.get(), title, type.value(), content.value());
  }

  /** The lists of fields in a route, and how their items differ. */
  private enum Kind {
    READ("reads", "Session", true),
    CONFIG("config", "Config", true),
    WRITE("writes", "Session", false),
    HEADER("headers", "Header", true),
    PARAMETER("parameters", "", true),
    ANSWER("results", "", false);

    private final String list;
    private final String group;
    private final boolean asked;

    /** A kind; its group is empty if each item names its own. */
    Kind(String list, String group, boolean asked) {
      this.list = list;
      this.group = group;
      this.asked = asked;
    }

    boolean mayHaveDefault() {
      return this != CONFIG && this != WRITE;
    }
  }

  private @Nullable FieldDeclaration field(Item item, Kind kind) {
    if (item.refusedAsNoObject()) {
      return null;
    }
    Text field = item.required("field");
    Text group = kind.group.isEmpty() ? group(item, kind) : new Text(kind.group, item.at("field"));
    Text type = kind == Kind.CONFIG ? ANY_TYPE : item.required("type");
    boolean optional = kind.asked ? !item.flag("required") : item.flag("optional");
    Optional<Text> defaultValue =
        kind.mayHaveDefault() && item.has("default")
            ? Optional.ofNullable(item.required("default"))
            : Optional.empty();
    String description = item.text("description");
    item.refuseOthers();
    return field == null || type == null || group == null
        ? null
        : new FieldDeclaration(kind.list, group, type, field, optional, defaultValue, description);
  }

  /** A manifest has only the groups that the rules know: theirs are mends for authors. */
  private @Nullable Text group(Item item, Kind kind) {
    Text group = item.required("group");
    Pattern known = kind == Kind.PARAMETER ? PARAMETER_GROUP : STATUS;
    if (group == null || known.matcher(group.value()).matches()) {
      return group;
    }
    item.problem("group", "a group is " + known + ". Found: \"" + group.value() + '"');
    return null;
  }

  /** A place in a manifest: a JSON pointer. */
  private record Pointer(String text) implements Position {
    @Override
    public String toString() {
      return text;
    }
  }

  /** One JSON object, which remembers the keys that were asked for. */
  private final class Item {
    private final String pointer;
    private final JsonNode json;
    private final Set<String> known = new TreeSet<>();

    Item(String pointer, JsonNode json) {
      this.pointer = pointer;
      this.json = json;
    }

    boolean has(String key) {
      known.add(key);
      return json.has(key);
    }

    String text(String key) {
      if (!has(key)) {
        return "";
      }
      JsonNode value = json.get(key);
      if (!value.isString()) {
        problem(key, "a string is wanted. Found: " + shown(value));
        return "";
      }
      return value.stringValue();
    }

    Pointer at(String key) {
      return new Pointer(pointer + '/' + key);
    }

    List<String> texts(String key) {
      List<String> texts = new ArrayList<>();
      if (!has(key)) {
        return texts;
      }
      for (JsonNode value : list(key)) {
        if (value.isString()) {
          texts.add(value.stringValue());
        } else {
          problem(key, "a list of strings is wanted. Found in it: " + shown(value));
        }
      }
      return texts;
    }

    boolean flag(String key) {
      if (!has(key)) {
        return false;
      }
      JsonNode value = json.get(key);
      if (!value.isBoolean()) {
        problem(key, "true or false is wanted. Found: " + shown(value));
        return false;
      }
      return value.booleanValue();
    }

    /** A text that must be there. */
    @Nullable Text required(String key) {
      if (!has(key)) {
        problem(key, "is missing");
        return null;
      }
      String text = text(key);
      return json.get(key).isString() ? new Text(text, at(key)) : null;
    }

    <T> List<T> items(String key, Function<Item, @Nullable T> content) {
      List<T> items = new ArrayList<>();
      if (!has(key)) {
        return items;
      }
      JsonNode list = list(key);
      for (int i = 0; i < list.size(); i++) {
        T item = content.apply(new Item(pointer + '/' + key + '/' + i, list.get(i)));
        if (item != null) {
          items.add(item);
        }
      }
      return items;
    }

    /** A list that is there; what is none counts as empty. */
    private JsonNode list(String key) {
      JsonNode list = json.get(key);
      if (!list.isArray()) {
        problem(key, "a list is wanted. Found: " + shown(list));
        return JSON.createArrayNode();
      }
      return list;
    }

    /** Whether this is anything but an object, which is noted then. */
    boolean refusedAsNoObject() {
      if (!json.isObject()) {
        add(pointer, "an object is wanted. Found: " + shown(json));
      }
      return !json.isObject();
    }

    /** Whether a route has no more fields than a pulled one may; more are noted. */
    boolean keepsFieldLimit() {
      int fields =
          json.path("reads").size() + json.path("writes").size() + json.path("config").size();
      if (fields > limits.fields()) {
        add(
            pointer,
            "a route of a manifest that is pulled has at most "
                + limits.fields()
                + " session fields and configuration values. Found: "
                + fields
                + ". Read and set less, or name the manifest as a file.");
      }
      return fields <= limits.fields();
    }

    void refuseOthers() {
      for (String key : json.propertyNames()) {
        if (!known.contains(key)) {
          problem(key, "is not known here. Known are " + String.join(", ", known));
        }
      }
    }

    private void problem(String key, String text) {
      add(pointer + '/' + key, text);
    }
  }
}
