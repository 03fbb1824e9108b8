package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command {@code import} (contract C10, C41). */
class ImportCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ImportCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int importAuth(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("auth.js"), source);
    return run("--service", "auth", "--out", manifest().toString(), file.toString());
  }

  private Path manifest() {
    return folder.resolve("manifests/auth.json");
  }

  /** What stderr says, with paths relative to the folder. */
  private String errors() {
    return err.toString().replace(folder + "/", "").replace(System.lineSeparator(), "\n");
  }

  @Test
  void commentsBecomeTheManifest() throws IOException {
    int exit =
        importAuth(
            """
            /**
             * @api {post} /login Log in
             * @apiName login
             * @apiHeader (Session) [String] auth-username name
             * @apiSuccess (Session) {Number} auth-userId id
             */
            server.route(login);
            """);
    assertEquals("", errors());
    assertEquals(0, exit);
    assertEquals(
        """
        {
          "manifestVersion": 1,
          "microservice": "auth",
          "routes": [
            {
              "method": "POST",
              "path": "/login",
              "name": "login",
              "title": "Log in",
              "reads": [
                {
                  "field": "auth-username",
                  "type": "String",
                  "required": false,
                  "description": "name"
                }
              ],
              "writes": [
                {
                  "field": "auth-userId",
                  "type": "Number",
                  "description": "id"
                }
              ]
            }
          ]
        }
        """,
        Files.readString(manifest()));
    assertEquals("auth: 1 route in " + manifest(), out.toString().strip());
  }

  /** C9: a session field without its group, or with a slip in it, does not only document. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "KintoSessionSpace @apiHeader {String} auth-userId",
        "KintoSessionSpace @apiSuccess {String} auth-userId",
        "KintoHeaderGroup @apiHeader (session) {String} auth-userId",
        "KintoResultGroup @apiSuccess (Session 200) {String} auth-userId",
        "KintoParameterGroup @apiQuery (Session) {String} auth-userId",
      })
  void nothingAboutASessionIsTakenForDocumentation(String idAndLine) throws IOException {
    String[] parts = idAndLine.split(" ", 2);
    int exit = importAuth("/**\n * @api {post} /login Log in\n * " + parts[1] + "\n */\n");
    assertEquals(1, exit);
    assertTrue(errors().contains("auth.js:3:"), errors());
    assertEquals(1, errors().split("\\[" + parts[0] + "]", -1).length - 1, errors());
    assertFalse(Files.exists(manifest()));
  }

  @Test
  void aMistakeIsShownWithItsLineAndACaretUnderItsPlace() throws IOException {
    int exit =
        importAuth(
            """
            /**
            \t* @api {post} /login Log in
            \t* @apiSuccess (Session) {Number} userId id
             * @apiHeader (Session {String} auth-a
             */
            """);
    assertEquals(1, exit);
    assertEquals(
        """
        auth.js:3:35: error: [KintoFieldPrefix] @apiSuccess (Session) field must start with \
        "auth-". Found: "userId". Did you mean "auth-userId"?
        \t* @apiSuccess (Session) {Number} userId id
        \t                                 ^
        auth.js:4:15: error: [KintoApidocSyntax] @apiHeader: "(" has no ")" on the same line. \
        Write @apiHeader (Group) {Type} name description.
         * @apiHeader (Session {String} auth-a
                      ^
        2 errors. Nothing was written.
        """,
        errors());
    assertFalse(Files.exists(manifest()));
  }

  @Test
  void aWarningIsShownAndTheManifestIsWritten() throws IOException {
    assertEquals(
        0, importAuth("/** @api {get} /me Me\n * @apiHeader (Session) {Uuid} auth-id\n */"));
    assertTrue(errors().startsWith("auth.js:2:26: warning: [KintoFieldTypeUnknown] "), errors());
    assertTrue(Files.exists(manifest()));
  }

  /** Documentation is not a contract, and its warnings bury no error. */
  @Test
  void errorsComeFirstAndManyWarningsOfAKindAreCounted() throws IOException {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      fields.append(" * @apiParam {String} [a").append(i).append("=] x\n");
    }
    String comment = "/** @api {get} me Me\n" + fields;
    assertEquals(0, importAuth(comment + " */"));
    assertTrue(Files.exists(manifest()));
    assertEquals(
        List.of(
            "auth.js:1:16: warning: [KintoApidocPath]",
            "auth.js:2:26: warning: [KintoApidocUnread]",
            "auth.js:3:26: warning: [KintoApidocUnread]",
            "auth.js:4:26: warning: [KintoApidocUnread]",
            "warning: [KintoApidocUnread]"),
        kinds());
    assertTrue(errors().contains("and 17 more of this kind; --all-warnings shows them"), errors());
    assertTrue(out.toString().contains("auth: 1 route in "), out.toString());
    assertTrue(out.toString().contains(", with 21 warnings"), out.toString());
    err.getBuffer().setLength(0);
    assertEquals(1, importAuth(comment + " * @apiSuccess (Session) {String} userId\n */"));
    assertEquals("auth.js:22:35: error: [KintoFieldPrefix]", kinds().get(0));
    assertTrue(errors().endsWith("1 error. Nothing was written.\n"), errors());
    err.getBuffer().setLength(0);
    Path file = folder.resolve("auth.js");
    run("--service", "auth", "--out", "x", "--all-warnings", file.toString());
    assertEquals(22, kinds().size(), errors());
  }

  private List<String> kinds() {
    return errors()
        .lines()
        .filter(line -> line.contains("[Kinto"))
        .map(line -> line.substring(0, line.indexOf(']') + 1))
        .toList();
  }

  @Test
  void anOldManifestStaysWhereTheNewOneHasMistakes() throws IOException {
    Files.createDirectories(manifest().getParent());
    Files.writeString(manifest(), "old");
    assertEquals(1, importAuth("/** @api {trace} /me Me */"));
    assertEquals("old", Files.readString(manifest()));
  }

  @Test
  void sourcesWithoutARouteAreAMistake() throws IOException {
    assertEquals(1, importAuth("/** An ordinary comment. */"));
    assertEquals("error: no comment with @api was found. Nothing was written.\n", errors());
    assertFalse(Files.exists(manifest()));
  }

  @Test
  void aSourcesControlCharactersDoNotReachTheTerminal() throws IOException {
    assertEquals(1, importAuth("/** @api {get} /a\u001b[2J\u0007 A */"));
    assertFalse(errors().contains("\u001b") || errors().contains("\u0007"), errors());
    assertTrue(errors().contains("/a?[2J?"), errors());
  }

  @Test
  void aMachineMadeLineIsNotShown() throws IOException {
    assertEquals(1, importAuth("/** @api {trace} /a A */" + " ".repeat(300) + "x"));
    assertEquals(2, errors().lines().count(), errors());
  }

  @Test
  void aMissingSourceIsWrongUse() {
    Path nowhere = folder.resolve("nowhere.js");
    assertEquals(2, run("--service", "auth", "--out", manifest().toString(), nowhere.toString()));
    assertEquals("error: there is no file or folder nowhere.js\n", errors());
  }

  @Test
  void aPlaceThatCannotBeWrittenIsWrongUse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.js"), "/** @api {get} /a A */");
    assertEquals(2, run("--service", "auth", "--out", folder.toString(), file.toString()));
    assertTrue(errors().startsWith("error: cannot "), errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Auth", "x-auth", "kinto", "a_b"})
  void aNameThatNoMicroserviceMayHaveIsWrongUse(String name) {
    assertEquals(2, run("--service", name, "--out", "x", folder.toString()));
    assertTrue(errors().contains("Found: \"" + name + "\""), errors());
    assertTrue(errors().contains("--service"), errors());
  }

  @Test
  void missingArgumentsAreWrongUse() {
    assertEquals(2, run());
    assertEquals(2, run("--service", "auth", "--out", "x"));
    assertEquals(2, run("--out", "x", folder.toString()));
  }

  private int importData(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("api-data.json"), json);
    return run("--service", "auth", "--out", manifest().toString(), file.toString());
  }

  @Test
  void theDataOfTheApidocToolMeansTheSameAsTheComments() throws IOException {
    assertEquals(
        0,
        importAuth(
            """
            /**
             * @api {post} /users/:id/login Log in
             * @apiName login
             * @apiGroup Auth
             * @apiDescription Checks <b> & remembers.
             * @apiHeader (Session) {String} [auth-username] user name
             * @apiHeader (Session) {String{2..5}="free","pro"} [auth-plan="free"] plan
             * @apiSuccess (Session) {Number} auth-userId id
             * @apiSuccess (Success 200) {String} id
             * @apiVersion 1.2.0
             * @apiPermission admin
             * @apiDeprecated use PUT
             * @apiParam {Number} id whom
             * @apiQuery {Boolean} [dry=false]
             * @apiBody {String{2..}} user.name
             * @apiError (404) {String} error nobody
             * @apiSuccessExample {json} Done
             *   {
             *     "id": 1
             *   }
             * @apiErrorExample {text}
             *   nobody
             */
            """));
    String expected = Files.readString(manifest());
    Files.delete(manifest());
    assertEquals(
        0,
        importData(
            """
            [{"type":"post","url":"/users/:id/login","title":"Log in","name":"login","group":"Auth",
              "description":"<p>Checks &lt;b&gt; &amp; remembers.</p>","version":"1.2.0",
              "rotatesToken":false,
              "permission":[{"name":"admin"}],"deprecated":{"content":"use PUT"},
              "parameter":{"fields":{"Parameter":[{"group":"Parameter","type":"Number",
                "optional":false,"field":"id","isArray":false,"description":"<p>whom</p>"}]}},
              "query":[{"group":"Query","type":"Boolean","optional":true,"field":"dry",
                "isArray":false,"defaultValue":"false","description":""}],
              "body":[{"group":"Body","type":"String","size":"2..","optional":false,
                "field":"user.name","isArray":false,"description":""}],
              "error":{"fields":{"404":[{"group":"404","type":"String","optional":false,
                "field":"error","isArray":false,"description":"<p>nobody</p>"}]},
                "examples":[{"title":"nobody","content":"nobody","type":"text"}]},
              "filename":"auth.js","groupTitle":"Auth",
              "header":{"fields":{"Session":[
                {"group":"Session","type":"String","optional":true,"field":"auth-username",
                 "isArray":false,"description":"<p>user name</p>"},
                {"group":"Session","type":"String","size":"2..5","optional":true,
                 "allowedValues":["\\"free\\"","\\"pro\\""],"defaultValue":"free",
                 "field":"auth-plan","isArray":false,"description":"<p>plan</p>"}]}},
              "success":{"fields":{
                "Session":[{"group":"Session","type":"Number","optional":false,
                  "field":"auth-userId","isArray":false,"description":"<p>id</p>"}],
                "Success 200":[{"group":"Success 200","type":"String","optional":false,
                  "field":"id","isArray":false,"description":""}]},
                "examples":[{"title":"Done","content":"{\\n  \\"id\\": 1\\n}","type":"json"}]}}]
            """));
    assertEquals("", errors());
    assertEquals(expected, Files.readString(manifest()));
  }

  /** C10: what the tool misreads is refused, and each other mistake beside it is shown, too. */
  @Test
  void aSessionFieldThatTheToolMisreadIsAMistakeThatSaysSo() throws IOException {
    assertEquals(
        1,
        importData(
            """
            [{"type":"get","url":"/me","title":"","header":{"fields":{"Session":[
              {"group":"Session","optional":true,"field":"String","isArray":false,
               "description":"<p>auth-userId logged in</p>"},
              {"group":"Session","type":"Number","optional":false,"field":"userId"}]}}}]
            """));
    assertEquals(
        """
        api-data.json#/0/header/fields/Session/0: error: [KintoApidocSyntax] the session field \
        "String" has no dash: the apidoc tool misread "[String] auth-userId" as an optional field \
        named String. Write "{String} [auth-userId]" in the source and run the tool again, or \
        import the sources themselves, where both forms mean the same.
        api-data.json#/0/header/fields/Session/1: error: [KintoFieldOwner] @apiHeader (Session) \
        field must be named <microservice>-<rest>, so that its owner is known. Found: "userId".
        2 errors. Nothing was written.
        """,
        errors());
  }

  /** C28: the tool leaves our own tag out of its data. */
  @Test
  void dataThatDoesNotTellOfALoginWarnsOfIt() throws IOException {
    String login =
        """
        [{"type":"post","url":"/login","title":"","name":"login",%s"success":{"fields":{"Session":[
          {"group":"Session","type":"Number","field":"auth-userId"}]}}}]
        """;
    assertEquals(0, importData(login.formatted("\"rotatesToken\":false,")));
    assertEquals(0, importData(login.formatted("\"rotatesToken\":true,")));
    assertEquals("", errors());
    assertTrue(Files.readString(manifest()).contains("\"rotatesToken\": true"));
    assertEquals(0, importData(login.formatted("")));
    assertFalse(Files.readString(manifest()).contains("rotatesToken"));
    assertEquals(
        """
        api-data.json#/0: warning: [KintoApidocTag] @apiRotatesToken is unknown to the apidoc tool, \
        so that this data does not tell whether POST /login logs somebody in and gives the session \
        a new token. Import the sources, or add "rotatesToken": true to the entry of a login and \
        false to others.
        """,
        errors());
  }

  /** Releases before 0.50 wrote no isArray, query or body. */
  @Test
  void theDataOfOldReleasesIsReadToo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("api_data.json"),
            """
            [{"type":"post","url":"/login","title":"Log in","name":"login","version":"0.0.0",
              "group":"Auth","groupTitle":"Auth","filename":"src/auth.js",
              "parameter":{"fields":{"Parameter":[{"group":"Parameter","type":"String[]",
                "optional":false,"field":"roles","description":"<p>as whom</p>"}]}},
              "success":{"fields":{"Session":[{"group":"Session","type":"Number","optional":false,
                "field":"auth-userId","description":"<p>id</p>"}]}}}]
            """);
    assertEquals(
        0, run("--service", "auth", "--out", manifest().toString(), file.toString()), errors());
    String data = Files.readString(manifest());
    importAuth(
        """
        /**
         * @api {post} /login Log in
         * @apiName login
         * @apiGroup Auth
         * @apiParam {String[]} roles as whom
         * @apiSuccess (Session) {Number} auth-userId id
         */
        """);
    assertEquals(Files.readString(manifest()), data);
  }

  @Test
  void aMistakeInTheDataIsShownWithThePointerToIt() throws IOException {
    assertEquals(
        1,
        importData(
            """
            [{"type":"get","url":"/me","title":"","success":{"fields":{"Session":[
              {"group":"Session","type":"Number","field":"userId"}]}}}]
            """));
    assertTrue(
        errors()
            .startsWith("api-data.json#/0/success/fields/Session/0: error: [KintoFieldPrefix] "),
        errors());
    assertFalse(Files.exists(manifest()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "null", "\"text\"", "[1"})
  void otherJsonIsWrongUse(String json) throws IOException {
    assertEquals(2, importData(json));
    assertTrue(errors().startsWith("error: api-data.json is not "), errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1]", "[null]", "[{}]", "[[]]", "[{\"type\":1,\"url\":{}}]"})
  void dataWithoutAReadableRouteIsAMistake(String json) throws IOException {
    assertEquals(1, importData(json));
    assertFalse(Files.exists(manifest()));
  }

  /** Definitions are entries, too, without a type and a url; what they hold is in their users. */
  @Test
  void entriesThatAreNoRoutesArePassedOver() throws IOException {
    String route = "{\"type\":\"get\",\"url\":\"/me\",\"title\":\"Me\"}";
    String session = "{\"Session\":[{\"group\":\"Session\",\"field\":\"auth-a\"}]}";
    assertEquals(
        0,
        importData(
            "[%s,{\"type\":\"\",\"url\":\"\",\"group\":\"a\"},{\"header\":{\"fields\":{\"X\":[]}}}]"
                .formatted(route)));
    assertEquals("", errors());
    assertEquals(0, importData("[%s,{\"header\":{\"fields\":%s}}]".formatted(route, session)));
    assertTrue(
        errors().startsWith("api-data.json#/1/header/fields/Session: warning: [KintoApidocUnread]"),
        errors());
  }

  @Test
  void theDataIsNamedAlone() throws IOException {
    Path data = Files.writeString(folder.resolve("api-data.json"), "[]");
    Path source = Files.writeString(folder.resolve("a.js"), "/** @api {get} /a A */");
    assertEquals(2, run("--service", "auth", "--out", "x", source.toString(), data.toString()));
    assertTrue(errors().startsWith("api-data.json holds all routes already"), errors());
  }

  @Test
  void helpNamesTheExitCodes() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("--service=NAME"), out.toString());
    assertTrue(out.toString().contains("Exit codes:"), out.toString());
  }
}
