package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The file form of a manifest (contract C12). */
class ManifestTest {
  private static final List<Route> ROUTES =
      List.of(
          route("GET", "/articles/{id}", "show", List.of(), List.of(), List.of(), false),
          route(
              "POST",
              "/articles",
              "publish",
              List.of(
                  new SessionRead(
                      new FieldName("auth-userId"),
                      FieldType.parse("Number{1..}"),
                      true,
                      Optional.empty(),
                      "who writes"),
                  new SessionRead(
                      new FieldName("auth-plan"),
                      FieldType.parse("String=\"free\",\"pro\""),
                      false,
                      Optional.of("free"),
                      "")),
              List.of(
                  new SessionWrite(
                      new FieldName("articles-lastId"), FieldType.parse("Number"), false, ""),
                  new SessionWrite(
                      new FieldName("articles-draft"), FieldType.parse("Object"), true, "unsaved")),
              List.of(
                  new ConfigRead(new FieldName("githubToken"), true, "for previews"),
                  new ConfigRead(new FieldName("apiKey"), false, "")),
              true),
          new Route(
              "DELETE",
              PathTemplate.parse("/articles"),
              "clear",
              "Quotes \" \\ and\nlines\tand \u0001 \u2028 \uD83D\uDE00 \uD800 Zoë",
              "Danger",
              "Removes <all>",
              List.of(),
              List.of(),
              List.of(),
              false));

  private static Route route(
      String method,
      String path,
      String name,
      List<SessionRead> reads,
      List<SessionWrite> writes,
      List<ConfigRead> config,
      boolean rotatesToken) {
    return new Route(
        method, PathTemplate.parse(path), name, "", "", "", reads, writes, config, rotatesToken);
  }

  @Test
  void everyPartIsWrittenAsTheGoldenFileShows() throws IOException {
    try (InputStream golden = ManifestTest.class.getResourceAsStream("articles.golden.json")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, manifest(ROUTES).toJson());
    }
  }

  @Test
  void theOrderOfDeclarationsDoesNotMatter() {
    String json = manifest(ROUTES).toJson();
    List<Route> shuffled = new ArrayList<>(ROUTES);
    Random random = new Random(1);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(shuffled, random);
      assertEquals(json, manifest(shuffled).toJson());
    }
  }

  @Test
  void aMicroserviceMayHaveNoRoutes() {
    assertEquals(
        """
        {
          "manifestVersion": 1,
          "microservice": "articles",
          "routes": []
        }
        """,
        manifest(List.of()).toJson());
  }

  @Test
  void theFileInAJarIsNamedAfterTheMicroservice() {
    assertEquals("META-INF/kinto/articles.json", manifest(List.of()).resourceName());
  }

  @Test
  void aSignatureIsMethodAndPath() {
    assertEquals("GET /articles/{id}", ROUTES.get(0).signature());
  }

  private static Manifest manifest(List<Route> routes) {
    return new Manifest(new MicroserviceName("articles"), routes);
  }
}
