package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.annotations.Microservice;
import dev.kinto.client.KintoClient;
import dev.kinto.examples.RunningGateway.Service;
import dev.kinto.examples.auth.AuthService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The projects and snippets that are shown to be copied, as whoever copies them meets them: built
 * by an ordinary Maven in folders of their own, and run behind a real gateway, which asks them for
 * their manifests.
 */
final class OwnProjectsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final MediaType TEXT = MediaType.get("text/plain");

  @TempDir Path folder;

  @Test
  void projectsAreBuiltByMavenAndRunBehindAGateway() throws Exception {
    Maven maven = Maven.in(folder);
    maven.copy(ROOT.resolve("examples/jdk"), "jdk");
    maven.copy(ROOT.resolve("examples/spring"), "spring");
    clientProject(maven.folder().resolve("client"));
    kaptProject(maven.folder().resolve("kapt"));
    snippetsProject(maven.folder().resolve("snippets"));
    maven.verify("jdk", "spring", "client", "kapt", "snippets");

    assertTrue(
        Files.exists(
            maven.folder().resolve("snippets/target/classes/META-INF/kinto/articles.json")));

    String kotlin =
        Files.readString(maven.folder().resolve("kapt/target/classes/META-INF/kinto/hello.json"));
    assertEquals(
        List.of("/default", "/hello", "/static", "/top"),
        Pattern.compile("\"path\": \"(.*)\"")
            .matcher(kotlin)
            .results()
            .map(path -> path.group(1))
            .sorted()
            .toList());
    assertOneOkHttp(maven.folder().resolve("client/target/classpath"));
    String annotations =
        Path.of(Microservice.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String classes = maven.folder().resolve("jdk/target/classes").toString();
    try (ServiceProcess articles =
            ServiceProcess.start(
                folder,
                "articles listening on ",
                "-cp",
                classes + ":" + annotations,
                "articles.Articles");
        ServiceProcess greeting =
            ServiceProcess.start(
                folder,
                "Tomcat started on port ",
                "-jar",
                maven.folder().resolve("spring/target/greeting-1.jar").toString());
        RunningService auth = new RunningService(AuthService.routes());
        RunningGateway gateway =
            RunningGateway.start(
                folder,
                Map.of(
                    "auth", new Service(AuthService.manifest(), auth.url()),
                    "articles", new Service("", articles.url()),
                    "greeting", new Service("", greeting.url())))) {
      use(KintoClient.builder(gateway.api(), RunningGateway.CLIENT, RunningGateway.SECRET).build());
    }
  }

  private static void use(KintoClient kinto) throws IOException {
    while (send(kinto, "GET", "greeting/greeting", "").startsWith("503")
        || send(kinto, "GET", "articles/articles", "").startsWith("503")) {
      // The gateway has not got their manifests yet.
      Thread.onSpinWait();
    }
    assertTrue(send(kinto, "GET", "greeting/greeting", "").startsWith("403"));
    String ada = "{\"username\":\"Ada\",\"password\":\"lovelace\"}";
    assertTrue(send(kinto, "POST", "auth/login", ada).startsWith("200"));
    assertEquals("200 Hello, Ada!", send(kinto, "GET", "greeting/greeting", ""));
    assertEquals("204 ", send(kinto, "PUT", "greeting/greeting", "Good day"));
    assertEquals("200 Good day, Ada!", send(kinto, "GET", "greeting/greeting", ""));
    assertEquals("201 News\n", send(kinto, "POST", "articles/articles", "News"));
    assertEquals("200 News (Ada)\n", send(kinto, "GET", "articles/articles", ""));
  }

  private static String send(KintoClient kinto, String method, String path, String body)
      throws IOException {
    RequestBody sent = method.equals("GET") ? null : RequestBody.create(body, TEXT);
    Request request = new Request.Builder().url(kinto.url(path)).method(method, sent).build();
    try (Response response = kinto.http().newCall(request).execute()) {
      return response.code() + " " + response.body().string();
    }
  }

  /** All snippets of the client's page: its dependency, its Java, its Kotlin. */
  private static void clientProject(Path project) throws IOException {
    Path java = Files.createDirectories(project.resolve("src/main/java"));
    Path kotlin = Files.createDirectories(project.resolve("src/main/kotlin"));
    String page = Files.readString(ROOT.resolve("client-sdk/java/README.md"));
    String dependency = "";
    int files = 0;
    for (MatchResult block : BLOCK.matcher(page).results().toList()) {
      String text = block.group(2);
      switch (block.group(1)) {
        case "xml" -> dependency = text;
        case "java" -> Files.writeString(java.resolve("Articles.java"), text);
        case "kotlin" -> Files.writeString(kotlin.resolve("Snippet" + files++ + ".kt"), text);
        case "kts" -> assertTrue(text.contains("dev.kinto:client-sdk:1.0.0-SNAPSHOT"), text);
        default -> throw new AssertionError("A snippet that nobody compiles: " + text);
      }
    }
    assertEquals(3, files, "snippets in Kotlin");
    String pom = Files.readString(Path.of("src/test/resources/client-project.xml"));
    Files.writeString(project.resolve("pom.xml"), pom.replace("<!-- client-sdk -->", dependency));
  }

  /** The first handler of the README in a project of nothing but docs/microservices.md. */
  private static void snippetsProject(Path project) throws IOException {
    Path java = Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(java.resolve("Articles.java"), blocks("README.md", "java").get(0));
    List<String> xml = blocks("docs/microservices.md", "xml");
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>snippets</artifactId><version>1</version>
          %s
          <dependencies>%s</dependencies>
          <build><plugins>%s</plugins></build>
        </project>
        """
            .formatted(xml.get(0), xml.get(1), xml.get(2)));
  }

  private static List<String> blocks(String page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** In Kotlin, with what docs/microservices.md says about it. */
  private static void kaptProject(Path project) throws IOException {
    Path kotlin = Files.createDirectories(project.resolve("src/main/kotlin"));
    Files.copy(Path.of("src/test/resources/kapt-project.xml"), project.resolve("pom.xml"));
    for (String source : List.of("Hello.kt", "Top.kt")) {
      Files.copy(Path.of("src/test/resources", source), kotlin.resolve(source));
    }
  }

  /** Though Retrofit asks for one too. */
  private static void assertOneOkHttp(Path classPath) throws IOException {
    List<String> jars =
        Pattern.compile(":")
            .splitAsStream(Files.readString(classPath))
            .filter(jar -> jar.contains("/okhttp3/"))
            .toList();
    assertEquals(1, jars.size(), jars::toString);
  }
}
