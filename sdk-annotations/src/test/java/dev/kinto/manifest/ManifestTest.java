package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The file form of a manifest (contract C12). */
class ManifestTest {
  /** Rewritten with {@code -Dkinto.goldens=rewrite}. */
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/kinto/manifest/articles.golden.json");

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
              false,
              new Documentation(
                  Version.parse("1.2.0-rc.1"),
                  List.of("writer", "admin"),
                  Optional.of("use \"PUT\""),
                  List.of(field("Header", "Accept", "String", false)),
                  List.of(
                      field("Url", "id", "Number{1..}", false),
                      new DocumentedField(
                          "QueryString", "page", "Number", true, Optional.of("1"), "which"),
                      field("Body", "post.title", "String", true),
                      field("Body", "post", "Object", false)),
                  List.of(field("201", "id", "Number", false), field("200", "id", "Date", true)),
                  List.of(field("4xx", "code", "String=\"a\",\"b\"", false)),
                  List.of(
                      new Example(Example.Subject.ERROR, "", "json", "{\n}"),
                      new Example(Example.Subject.USAGE, "With curl", "bash", "curl -i")))));

  private static DocumentedField field(String group, String name, String type, boolean optional) {
    return new DocumentedField(group, name, type, optional, Optional.empty(), "");
  }

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
    String written = manifest(ROUTES).toJson();
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      Files.writeString(GOLDEN, written);
    }
    assertEquals(Files.readString(GOLDEN), written);
  }

  @Test
  void everyPartIsInThePublishedSchema() {
    assertEquals(List.of(), ManifestSchema.problems(manifest(ROUTES).toJson()));
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
