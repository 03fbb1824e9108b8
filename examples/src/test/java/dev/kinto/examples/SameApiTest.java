package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kinto.apidoc.ApidocSources;
import dev.kinto.declaration.Contract;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The services in Java and in JavaScript are one API, in all but words for people (contract C10).
 */
class SameApiTest {

  @ParameterizedTest
  @ValueSource(strings = {"auth", "articles"})
  void commentsInJavaScriptSayWhatAnnotationsSay(String service) throws IOException {
    Path source = Path.of("hapi", service + ".js");
    Contract imported = ApidocSources.read(new MicroserviceName(service), List.of(source));
    assertEquals(List.of(), imported.mistakes());
    Manifest manifest = imported.manifest().orElseThrow();
    assertFalse(manifest.routes().isEmpty());
    assertEquals(
        withoutWords(resource("/" + manifest.resourceName())), withoutWords(manifest.toJson()));
  }

  private static String resource(String name) throws IOException {
    try (InputStream json = SameApiTest.class.getResourceAsStream(name)) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonObject withoutWords(String manifest) {
    JsonObject json = JsonParser.parseString(manifest).getAsJsonObject();
    for (JsonElement element : json.getAsJsonArray("routes")) {
      JsonObject route = element.getAsJsonObject();
      List.of("title", "group", "description").forEach(route::remove);
      for (String fields :
          List.of("reads", "writes", "headers", "parameters", "results", "errors")) {
        JsonArray declared = route.has(fields) ? route.getAsJsonArray(fields) : new JsonArray();
        declared.forEach(field -> field.getAsJsonObject().remove("description"));
      }
    }
    return json;
  }
}
