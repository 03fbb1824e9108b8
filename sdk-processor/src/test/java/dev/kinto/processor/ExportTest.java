package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code -Akinto.export} writes beside the manifest. To rewrite the goldens: {@code
 * -Dkinto.goldens=rewrite}.
 */
class ExportTest {
  private static final String FOLDER = "META-INF/kinto/";

  private static Map<String, String> exported(String option, String... sources) {
    Map<String, String> all = new TreeMap<>();
    for (String source : sources) {
      Compiled compiled = Compiled.of(List.of(option), Sources.javaFilesIn(source));
      assertEquals(List.of(), compiled.messages());
      all.putAll(compiled.generated());
    }
    all.keySet().removeIf(path -> !path.matches(FOLDER + ".*\\..*\\.json"));
    return all;
  }

  @Test
  void theDocumentsAreWhatIsExpected() throws IOException {
    Map<String, String> documents =
        exported("-Akinto.export=openapi,apidoc", "good/documented", "good/articles");
    Path root = Sources.RESOURCES.resolve("exported");
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      for (Map.Entry<String, String> document : documents.entrySet()) {
        Path file = root.resolve(document.getKey().substring(FOLDER.length()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, document.getValue());
      }
    }
    Map<String, String> expected = new TreeMap<>();
    Sources.textsIn("exported").forEach((path, text) -> expected.put(FOLDER + path, text));
    assertEquals(expected, documents);
  }

  @Test
  void onlyWhatIsAskedForIsWritten() {
    assertEquals(
        List.of(FOLDER + "users.openapi.json"),
        List.copyOf(exported("-Akinto.export=openapi", "good/documented").keySet()));
    assertEquals(
        List.of(FOLDER + "users.api-data.json"),
        List.copyOf(exported("-Akinto.export=apidoc", "good/documented").keySet()));
    assertEquals(Map.of(), exported("-Xlint:-options", "good/documented"));
  }

  /** C10: annotations and Javadoc mean the same. */
  @Test
  void annotationsAndJavadocGiveOneDocument() {
    String both = "-Akinto.export=apidoc, openapi";
    assertEquals(exported(both, "good/documented"), exported(both, "good/documentedinjavadoc"));
  }

  @Test
  void sessionAndConfigurationAreNoPartOfThePublicInterface() {
    String document =
        exported("-Akinto.export=openapi", "good/articles").get(FOLDER + "articles.openapi.json");
    assertFalse(document.toLowerCase(Locale.ROOT).contains("auth-userid"), document);
    assertFalse(document.contains("articles-lastId"), document);
    assertTrue(document.contains("\"Kinto-Authorization\""), document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=opnapi", "=openapi,swagger", "=,", "=", ""})
  void anUnknownDocumentIsAnErrorThatNamesTheKnownOnes(String value) {
    Compiled compiled =
        Compiled.of(
            List.of("-Akinto.export" + value),
            List.of(JavaFileObjects.forSourceString("A", "class A {}")));
    assertEquals(
        List.of(
            "-:-1:-1: [KintoOption] -Akinto.export takes one or more of openapi, apidoc, separated"
                + " by commas. Found: \""
                + value.replace("=", "")
                + "\"."),
        compiled.messages());
  }
}
