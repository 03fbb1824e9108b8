package dev.kinto.gateway.route;

import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a manifest from JSON text (contract C12). All that is wrong with it is reported at once,
 * each with a JSON pointer (RFC 6901).
 */
public final class ManifestReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> problems = new ArrayList<>();

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @throws InvalidManifestException that lists every problem
   */
  public static Manifest read(String json) throws InvalidManifestException {
    ManifestReader reader = new ManifestReader();
    Manifest manifest = reader.manifest(parse(json));
    if (manifest == null || !reader.problems.isEmpty()) {
      throw new InvalidManifestException(reader.problems);
    }
    return manifest;
  }

  private static JsonNode parse(String json) throws InvalidManifestException {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String where =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      throw new InvalidManifestException(List.of(where + "not JSON: " + e.getOriginalMessage()));
    }
  }

  private @Nullable Manifest manifest(JsonNode json) {
    Item item = new Item("", json);
    int version = item.has("manifestVersion") ? json.path("manifestVersion").asInt(0) : 0;
    if (version != Manifest.VERSION) {
      problems.add(
          "/manifestVersion: this gateway reads version "
              + Manifest.VERSION
              + ". Found: "
              + json.path("manifestVersion")
              + ". Generate the manifest with a processor of the same release as the gateway.");
      return null;
    }
    MicroserviceName microservice = item.value("microservice", MicroserviceName::new);
    List<Route> routes = item.items("routes", this::route);
    item.refuseOthers();
    return microservice == null ? null : new Manifest(microservice, routes);
  }

  private @Nullable Route route(Item item) {
    String method = item.value("method", Function.identity());
    PathTemplate path = item.value("path", PathTemplate::parse);
    String name = item.value("name", Function.identity());
    Route route =
        method == null || path == null || name == null
            ? null
            : new Route(
                method,
                path,
                name,
                item.text("title"),
                item.text("group"),
                item.text("description"),
                item.items("reads", this::read),
                item.items("writes", this::write),
                item.items("config", this::config),
                item.flag("rotatesToken"));
    item.refuseOthers();
    return route;
  }

  private @Nullable SessionRead read(Item item) {
    FieldName field = item.value("field", FieldName::new);
    FieldType type = item.value("type", FieldType::parse);
    boolean required = item.flag("required");
    String description = item.text("description");
    Optional<String> defaultValue =
        item.has("default") ? Optional.of(item.text("default")) : Optional.empty();
    item.refuseOthers();
    return field == null || type == null
        ? null
        : new SessionRead(field, type, required, defaultValue, description);
  }

  private @Nullable SessionWrite write(Item item) {
    FieldName field = item.value("field", FieldName::new);
    FieldType type = item.value("type", FieldType::parse);
    boolean optional = item.flag("optional");
    String description = item.text("description");
    item.refuseOthers();
    return field == null || type == null
        ? null
        : new SessionWrite(field, type, optional, description);
  }

  private @Nullable ConfigRead config(Item item) {
    FieldName field = item.value("field", FieldName::new);
    boolean required = item.flag("required");
    String description = item.text("description");
    item.refuseOthers();
    return field == null ? null : new ConfigRead(field, required, description);
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
        problem(key, "a string is wanted. Found: " + value);
        return "";
      }
      return value.stringValue();
    }

    boolean flag(String key) {
      if (!has(key)) {
        return false;
      }
      JsonNode value = json.get(key);
      if (!value.isBoolean()) {
        problem(key, "true or false is wanted. Found: " + value);
        return false;
      }
      return value.booleanValue();
    }

    <T> @Nullable T value(String key, Function<String, T> parse) {
      if (!has(key)) {
        problem(key, "is missing");
        return null;
      }
      try {
        return parse.apply(text(key));
      } catch (IllegalArgumentException e) {
        problem(key, String.valueOf(e.getMessage()));
        return null;
      }
    }

    <T> List<T> items(String key, Function<Item, @Nullable T> content) {
      List<T> items = new ArrayList<>();
      if (has(key)) {
        int index = 0;
        for (JsonNode element : json.get(key)) {
          T item = content.apply(new Item(pointer + '/' + key + '/' + index++, element));
          if (item != null) {
            items.add(item);
          }
        }
      }
      return items;
    }

    void refuseOthers() {
      if (!json.isObject()) {
        problems.add(pointer + ": an object is wanted. Found: " + json);
        return;
      }
      for (String key : json.propertyNames()) {
        if (!known.contains(key)) {
          problem(key, "is not known here. Known are " + String.join(", ", known));
        }
      }
    }

    private void problem(String key, String text) {
      problems.add(pointer + '/' + key + ": " + text);
    }
  }
}
