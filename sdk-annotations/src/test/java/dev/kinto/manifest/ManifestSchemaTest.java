package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published schema is exact: what it takes is a manifest (contract C12). */
class ManifestSchemaTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/kinto/manifest/articles.golden.json");

  private static JsonNode golden() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(GOLDEN));
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.valueStream().forEach(child -> collect(child, objects));
  }

  private static List<ObjectNode> objectsIn(JsonNode manifest) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(manifest, objects);
    return objects;
  }

  @Test
  void theJarHoldsTheFileOfTheDocs() throws IOException {
    try (InputStream schema = ManifestSchema.class.getResourceAsStream(ManifestSchema.RESOURCE)) {
      assertArrayEquals(
          Files.readAllBytes(Path.of("..", "docs", "manifest.schema.json")), schema.readAllBytes());
    }
  }

  @Test
  void noObjectMayHaveAKeyThatIsNotDescribed() throws IOException {
    int objects = objectsIn(golden()).size();
    for (int i = 0; i < objects; i++) {
      JsonNode manifest = golden();
      objectsIn(manifest).get(i).put("extra", "x");
      assertEquals(1, ManifestSchema.problems(manifest.toString()).size(), manifest.toString());
    }
  }

  @Test
  void noValueMayBeOfAnotherKind() throws IOException {
    int objects = objectsIn(golden()).size();
    for (int i = 0; i < objects; i++) {
      for (String key : List.copyOf(objectsIn(golden()).get(i).propertyNames())) {
        JsonNode manifest = golden();
        objectsIn(manifest).get(i).put(key, 2);
        assertFalse(ManifestSchema.problems(manifest.toString()).isEmpty(), key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"manifestVersion\": 2, \"microservice\": \"a\", \"routes\": []}",
        "{\"manifestVersion\": 1, \"microservice\": \"A\", \"routes\": []}",
        "{\"manifestVersion\": 1, \"microservice\": \"a\", \"routes\": {}}",
        "[]",
      })
  void whatIsNoManifestIsRefused(String json) {
    assertFalse(ManifestSchema.problems(json).isEmpty(), json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "get", "", "GET POST"})
  void aMethodThatIsNeverForwardedIsRefused(String method) {
    String route = "{\"method\": \"" + method + "\", \"path\": \"/\", \"name\": \"a\"}";
    assertFalse(
        ManifestSchema.problems(
                "{\"manifestVersion\": 1, \"microservice\": \"a\", \"routes\": [" + route + "]}")
            .isEmpty());
  }
}
