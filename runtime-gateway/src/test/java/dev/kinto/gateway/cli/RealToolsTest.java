package dev.kinto.gateway.cli;

import static dev.kinto.gateway.cli.RealTools.INSTALLED;
import static dev.kinto.gateway.cli.RealTools.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.apidoc.ApidocSources;
import dev.kinto.declaration.Contract;
import dev.kinto.export.Export;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our reading and writing held against the real tools from npm: apidoc 1.2.0 and a validator of
 * OpenAPI (contract C10, C41). Without Node.js the tests are skipped ({@link RealTools}).
 */
class RealToolsTest {
  private static final MicroserviceName USERS = new MicroserviceName("users");

  @TempDir Path folder;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    RealTools.install();
  }

  private static final String LINES =
      """
      @api {put} /users/:id Change a user
      @apiName change
      @apiGroup Users
      @apiVersion 1.10.0
      @apiDescription Changes a user, who
      is *somebody* and not `nobody`,
      or **all** of them.

      What changes:

      - the name
      - the tags

      1 < 2 & "quoted".
      @apiPermission admin
      @apiDeprecated use PATCH
      @apiHeader (Session) {Number{1..}} auth-userId logged in user
      @apiHeader (Session) {String="free","pro"} [auth-plan="free"] the plan
      @apiHeader (Config) {String} indexUrl the search index
      @apiHeader (Header) {String} Accept-Language of messages
      @apiParam (Url) {Number} id whom
      @apiQuery {Boolean} [dry=false] only try
      @apiBody {Object} user the user
      @apiBody {String{2..80}} user.name full name
      @apiBody {String[]} [user.tags] words
      @apiSuccess (Session) {Number} [users-lastId] the last one
      @apiSuccess {Number} id the same
      @apiSuccess (201) {Object[]} made all of them
      @apiError (404) {String} error no <code>user</code> such
      @apiError {String} code what is wrong
      @apiSuccessExample {json} Done
        {
          "id": 1
        }
      @apiExample {curl} With curl
        curl -X PUT http://localhost/users/1
      """;

  private static final String WITHOUT_A_GROUP =
      """
      @api {get} /users/{id}/friends Who is a friend
      @apiHeader (Session) {Number} auth-userId logged in user
      """;

  private static String comment(String open, String prefix, String close) {
    StringBuilder source = new StringBuilder();
    for (String route : List.of(LINES, WITHOUT_A_GROUP)) {
      source.append(open).append('\n');
      route.lines().forEach(line -> source.append(prefix).append(line).append('\n'));
      source.append(close).append('\n');
    }
    return source.toString();
  }

  /** For sources that the tool reads as their authors meant, both roads give one manifest. */
  @ParameterizedTest
  @CsvSource({
    "users.js, /**, ' * ', ' */'",
    "users.ts, /**, ' * ', ' */'",
    "Users.java, /**, ' * ', ' */'",
    "Users.kt, /**, ' * ', ' */'",
    "users.go, /**, ' * ', ' */'",
    "users.php, /**, ' * ', ' */'",
    "Users.cs, /**, '', */",
    "users.py, '\"\"\"', '', '\"\"\"'",
    "users.rb, =begin, '', =end",
    "hashes.rb, '#**', '# ', '#*'",
  })
  void bothRoadsGiveOneManifest(String file, String open, String prefix, String close)
      throws IOException, InterruptedException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(sources.resolve(file), comment(open, prefix, close));
    Contract direct = ApidocSources.read(USERS, List.of(sources));
    Contract throughTheTool = ApidocDataFile.read(USERS, dataOf(sources));
    assertEquals(List.of(), direct.mistakes());
    assertEquals(List.of("PUT /users/{id}"), withUnknownRotation(throughTheTool));
    assertEquals(text(direct), text(throughTheTool));
    assertEquals(2, direct.manifest().orElseThrow().routes().size());
  }

  /** What authors keep of the past in {@code _apidoc.js}, as the tool's own manual shows it. */
  private static final String HISTORY =
      """
      /**
       * @apiDefine Session The session
       */
      /**
       * @apiDefine Login is logged in
       * @apiVersion 0.3.0
       * @apiHeader (Session) {Number} auth-userId who
       * @apiDescription For those who are logged in.
       * @apiPermission admin
       * @apiUse Failures
       */
      /**
       * @apiDefine Login is logged in
       * @apiVersion 0.1.0
       * @apiHeader (Session) {String} auth-name who
       * @apiDeprecated ask for a number
       */
      /**
       * @apiDefine Failures
       * @apiVersion 0.3.0
       * @apiError {String} missing no such user
       * @apiError {String} broken our fault
       * @apiErrorExample {text} Missing
       *     HTTP/1.1 404 Not Found
       */
      /**
       * @apiDefine Failures
       * @apiVersion 0.5.0
       * @apiError {String} later not yet
       */
      /**
       * @api {get} /user Its first place
       * @apiName find
       * @apiGroup All Users
       * @apiVersion 0.0.9
       * @apiSuccess (Session) {String} users-first
       */
      /**
       * @api {get} /users/:id Find a user
       * @apiName find
       * @apiGroup All Users
       * @apiVersion 0.1.0
       * @apiUse Login
       */
      """;

  private static final String NOW =
      """
      /**
       * @api {get} /users/:id Find a user
       * @apiName find
       * @apiGroup All Users
       * @apiVersion 0.10.0
       * @apiUse Login
       * @apiUse Late
       * @apiError {Number} missing declared anew
       * @apiErrorExample {text} Broken
       *     HTTP/1.1 500 Our Fault
       */
      /**
       * @api {put} /users/:id Change a user
       * @apiName change
       * @apiGroup All Users
       * @apiVersion 0.2.0
       * @apiUse Login
       */
      """;

  /** It stands behind those who use it, and uses one of several versions itself. */
  private static final String LATE =
      """
      /**
       * @apiDefine Late
       * @apiVersion 0.4.0
       * @apiUse Failures
       * @apiHeader (Session) {Number} auth-late who
       */
      """;

  @Test
  void bothRoadsGiveOneManifestOfAHistory() throws IOException, InterruptedException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(sources.resolve("_apidoc.js"), HISTORY);
    Files.writeString(sources.resolve("users.js"), NOW);
    Files.writeString(sources.resolve("zlate.js"), LATE);
    Contract direct = ApidocSources.read(USERS, List.of(sources));
    Contract throughTheTool = ApidocDataFile.read(USERS, dataOf(sources));
    assertEquals(List.of(), direct.mistakes());
    assertEquals(List.of(), throughTheTool.mistakes());
    assertEquals(text(direct), text(throughTheTool));
    List<Route> routes = direct.manifest().orElseThrow().routes();
    assertEquals(
        List.of("GET /users/{id}", "PUT /users/{id}"),
        routes.stream().map(Route::signature).toList());
    assertEquals(
        List.of("auth-late", "auth-userId"),
        routes.get(0).reads().stream().map(read -> read.field().spelling()).toList());
    assertEquals(
        List.of("auth-name"),
        routes.get(1).reads().stream().map(read -> read.field().spelling()).toList());
  }

  private Path dataOf(Path sources) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.add(INSTALLED.resolve("node_modules/apidoc/bin/apidoc").toString());
    command.addAll(List.of("-i", sources.toString(), "-o", folder.resolve("out").toString()));
    command.add("--write-json");
    run(command, folder);
    return folder.resolve("out/assets/api-data.json");
  }

  private static String text(Contract contract) {
    return contract.manifest().map(Manifest::toJson).orElse("no manifest");
  }

  /** The routes of which the data does not tell whether they rotate the token. */
  private static List<String> withUnknownRotation(Contract contract) {
    Pattern warning =
        Pattern.compile("\\[KintoApidocTag] @apiRotatesToken .* whether (.*) logs .*");
    return contract.mistakes().stream()
        .map(mistake -> warning.matcher(mistake.text()).replaceFirst("$1"))
        .toList();
  }

  @Test
  void aLoginThatTheToolHidesIsToldAndOneThatWeWriteIsNone()
      throws IOException, InterruptedException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        sources.resolve("login.js"),
        """
        /**
         * @api {post} /login Log in
         * @apiGroup Users
         * @apiSuccess (Session) {Number} users-id
         * @apiRotatesToken
         */
        /**
         * @api {get} /me Me
         * @apiGroup Users
         * @apiHeader (Session) {Number} users-id
         */
        """);
    assertEquals(
        List.of("POST /login"), withUnknownRotation(ApidocDataFile.read(USERS, dataOf(sources))));
    Manifest manifest = ApidocSources.read(USERS, List.of(sources)).manifest().orElseThrow();
    Path data = Files.writeString(folder.resolve("api-data.json"), Export.APIDOC.of(manifest));
    Contract throughOurs = ApidocDataFile.read(USERS, data);
    assertEquals(List.of(), throughOurs.mistakes());
    assertEquals(manifest.toJson(), text(throughOurs));
    assertTrue(text(throughOurs).contains("\"rotatesToken\": true"), text(throughOurs));
  }

  @Test
  void whatTheToolMisreadsIsRefusedWithItsMend() throws IOException, InterruptedException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        sources.resolve("me.js"),
        "/**\n * @api {get} /me Me\n * @apiHeader (Session) [String] auth-userId who\n */\n");
    Contract contract = ApidocDataFile.read(USERS, dataOf(sources));
    assertEquals(1, contract.mistakes().size(), contract.mistakes()::toString);
    String message = contract.mistakes().get(0).text();
    assertTrue(message.contains("misread \"[String] auth-userId\""), message);
    assertTrue(message.contains("Write \"{String} [auth-userId]\""), message);
  }

  /** What we write as the tool does is read as what it was. */
  @Test
  void ourOwnApidocDataGivesTheManifestBack() throws IOException {
    Path source = Files.writeString(folder.resolve("users.js"), comment("/**", " * ", " */"));
    String grouped =
        Files.readString(source).replace("Who is a friend", "Who\n * @apiGroup Friends");
    Files.writeString(source, grouped);
    Manifest manifest = ApidocSources.read(USERS, List.of(source)).manifest().orElseThrow();
    Path data = Files.writeString(folder.resolve("api-data.json"), Export.APIDOC.of(manifest));
    assertEquals(manifest.toJson(), text(ApidocDataFile.read(USERS, data)));
  }

  /** Paths that differ in names only, a rest beside a segment, methods that OpenAPI lacks. */
  @Test
  void openApiDocumentsAreValid() throws IOException, InterruptedException {
    String odd = "";
    for (String route :
        List.of(
            "{get} /",
            "{get} /f/{a}",
            "{put} /f/{b}",
            "{get} /f/{rest*}",
            "{get} /f/{a}/{b}",
            "{purge} /f/{a}",
            "{head} /f/{a}",
            "{post} /other/{rest*}")) {
      odd += "/** @api " + route + " Odd */\n";
    }
    odd +=
        "/**\n * @api {post} /up Up\n * @apiBody {File[]} files\n * @apiBody {Uuid} a.b.c\n */\n";
    Path source = folder.resolve("users.js");
    Files.writeString(source, comment("/**", " * ", " */") + odd);
    Contract contract = ApidocSources.read(USERS, List.of(source));
    assertEquals(List.of(), contract.mistakes());
    String document = Export.OPENAPI.of(contract.manifest().orElseThrow());
    for (String path : List.of("/", "/f/{a}", "/f/{segment1}/{segment2}/{rest}", "/other/{rest}")) {
      assertTrue(document.contains("\"/users" + path + "\": {"), document);
    }
    assertTrue(document.contains("\"x-additionalOperations\""), document);
    Path file = Files.writeString(folder.resolve("users.openapi.json"), document);
    Path goldens = Path.of("../sdk-processor/src/test/resources/exported").toAbsolutePath();
    run(
        List.of(
            "node",
            "validate.mjs",
            file.toString(),
            goldens.resolve("users.openapi.json").toString(),
            goldens.resolve("articles.openapi.json").toString()),
        INSTALLED);
  }
}
