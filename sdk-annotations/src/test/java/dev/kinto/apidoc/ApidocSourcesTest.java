package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.declaration.Contract;
import dev.kinto.declaration.Mistake;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sources of any language (contract C10, C41). */
class ApidocSourcesTest {
  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Contract read(Path... sources) throws IOException {
    return ApidocSources.read(new MicroserviceName("auth"), List.of(sources));
  }

  private List<String> signatures(Path... sources) throws IOException {
    Contract contract = read(sources);
    assertEquals(List.of(), contract.mistakes());
    return contract.manifest().orElseThrow().routes().stream().map(Route::signature).toList();
  }

  /** The mistakes with places relative to the folder. */
  private List<String> mistakes(Path... sources) throws IOException {
    return read(sources).mistakes().stream()
        .map(Mistake::toString)
        .map(mistake -> mistake.replace(folder + "/", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"js", "ts", "java", "kt", "go", "php", "cs", "py", "rb", "pl", "coffee"})
  void theSameCommentMeansTheSameInEveryLanguage(String ending) throws IOException {
    String comment =
        """
        @api {post} /login Log in
        @apiName login
        @apiHeader (Session) [Number] shop-visits
        @apiSuccess (Session) {String} auth-userId
        """;
    String source =
        switch (ending) {
          case "py" -> "def login():\n  \"\"\"\n" + comment.indent(2) + "  \"\"\"\n";
          case "pl" -> "=pod\n" + comment + "=cut\nsub login {}\n";
          case "coffee" -> "###\n" + comment + "###\nlogin()\n";
          case "rb" -> "=begin\n" + comment + "=end\ndef login\nend\n";
          default -> "/**\n" + comment.indent(1).replaceAll("(?m)^", " *") + "*/\nlogin();\n";
        };
    Manifest manifest = read(file("login." + ending, source)).manifest().orElseThrow();
    Manifest expected =
        read(file("expected/login.js", "/**\n" + comment + "*/")).manifest().orElseThrow();
    assertEquals(expected.toJson(), manifest.toJson());
    assertEquals(1, manifest.routes().size());
    assertEquals(1, manifest.routes().get(0).reads().size());
    assertEquals(1, manifest.routes().get(0).writes().size());
  }

  @Test
  void blocksOfPythonAreReadToo() throws IOException {
    file("a.py", "# @api {get} /a A\n# @apiHeader (Session) {String} auth-a\ndef a(): pass\n");
    assertEquals(List.of("GET /a"), signatures(folder));
  }

  @Test
  void aFolderIsSearchedWithoutWhatIsNotTheServices() throws IOException {
    file("routes/b.js", "/** @api {get} /b B */");
    file("a.ts", "/** @api {get} /a A */");
    file("README.md", "Write `@apiHeader`.");
    file("node_modules/x/c.js", "/** @api {get} /c C */");
    file("lib/node_modules/c.js", "/** @api {get} /c C */");
    file("_kintoignore/d.js", "/** @api {get} /d D */");
    file("lib/_kintoignoreOld/d.js", "/** @api {get} /d D */");
    file(".git/e.js", "/** @api {get} /e E */");
    assertEquals(List.of("GET /a", "GET /b"), signatures(folder));
  }

  @Test
  void whatIsNamedItselfIsReadWhateverItsName() throws IOException {
    Path odd = file("odd.txt", "/** @api {get} /odd O */");
    Path ignored = file("_kintoignore/d.js", "/** @api {get} /d D */").getParent();
    assertEquals(List.of("GET /d", "GET /odd"), signatures(odd, ignored));
  }

  @Test
  void aFileThatIsNamedTwiceIsReadOnce() throws IOException {
    Path file = file("a.js", "/** @api {get} /a A */");
    assertEquals(List.of("GET /a"), signatures(file, folder, file));
  }

  @Test
  void mistakesOfDialectAndContractComeInTheOrderOfTheirPlaces() throws IOException {
    file(
        "b.js",
        """
        // the second file
        /**
         * @api {get} /b B
         * @apiSuccess (Session) {String} userId
         * @apiHeader (Session) {String
         */
        """);
    file("a.py", "def a():\n  '''\n  @api /a A\n  '''\n");
    assertEquals(
        List.of(
            "a.py:3:3: error: [KintoApidocSyntax] @api needs the method in braces, as in"
                + " @api {get} /path title. Found: \"@api /a A\".",
            "b.js:4:35: error: [KintoFieldPrefix] @apiSuccess (Session) field must start with"
                + " \"auth-\". Found: \"userId\". Did you mean \"auth-userId\"?",
            "b.js:5:25: error: [KintoApidocSyntax] @apiHeader: \"{\" has no \"}\" on the same"
                + " line. Write @apiHeader (Group) {Type} name description."),
        mistakes(folder));
    assertTrue(read(folder).manifest().isEmpty());
  }

  @Test
  void aWarningDoesNotHoldTheManifestBack() throws IOException {
    file("a.js", "/** @api {get} /a A\n * @apiHeader (Session) {Uuid} auth-id\n */");
    Contract contract = read(folder);
    assertEquals(1, contract.mistakes().size());
    assertTrue(contract.mistakes().get(0).rule().warning());
    assertTrue(contract.manifest().isPresent());
  }

  @Test
  void aDefinitionIsUsedWhereverItStands() throws IOException {
    file("a.js", "/** @api {get} /a A\n * @apiUse User\n */");
    file(
        "z.js",
        """
        /**
         * @apiDefine User needs a user
         * @apiHeader (Session) {String} auth-userId
         * @apiSuccess (Session) {String} auth-seen
         */
        """);
    Route route = read(folder).manifest().orElseThrow().routes().get(0);
    assertEquals("auth-userId", route.reads().get(0).field().spelling());
    assertEquals("auth-seen", route.writes().get(0).field().spelling());
  }

  @Test
  void definitionsAreThereOnce() throws IOException {
    file("a.js", "/** @apiDefine A */\n/** @apiDefine A */\n/** @apiUse B */");
    assertEquals(
        List.of(
            "a.js:2:16: warning: [KintoApidocDefinition] @apiDefine A is there twice, and this one"
                + " counts. Give one of them another name, or an @apiVersion.",
            "a.js:3:13: error: [KintoApidocSyntax] No comment that is read here has @apiDefine B."
                + " Add the file that defines it, or write its fields where it is used."),
        mistakes(folder));
  }

  @Test
  void definitionsOfOneNameMayNotDifferInTheSession() throws IOException {
    file(
        "a.js",
        "/** @apiDefine A\n * @apiHeader (Session) {String} auth-a */\n/** @apiDefine A */");
    assertEquals(1, mistakes(folder).size());
    assertTrue(
        mistakes(folder).get(0).startsWith("a.js:3:16: error: [KintoApidocSyntax] @apiDefine A is"),
        mistakes(folder)::toString);
  }

  private static String definition(String version, String field) {
    return "/**\n * @apiDefine Login\n * @apiVersion %s\n * @apiHeader (Session) {String} %s\n */\n"
        .formatted(version, field);
  }

  @Test
  void ofSeveralDefinitionsTheHighestCountsThatIsNotAboveTheRoute() throws IOException {
    file(
        "_apidoc.js",
        definition("0.9.0", "auth-a")
            + definition("0.10.0", "auth-b")
            + definition("2.0.0", "auth-c"));
    file("a.js", "/**\n * @api {get} /a A\n * @apiVersion 1.0.0\n * @apiUse Login\n */");
    Route route = read(folder).manifest().orElseThrow().routes().get(0);
    assertEquals(
        List.of("auth-b"), route.reads().stream().map(read -> read.field().spelling()).toList());
    file("b.js", "/**\n * @api {get} /b B\n * @apiUse Login\n */");
    assertEquals(
        List.of(
            "b.js:3:12: error: [KintoApidocSyntax] This comment has version 0.0.0, and @apiDefine"
                + " Login is there only in later ones: 0.9.0, 0.10.0, 2.0.0. Give one of the two"
                + " another @apiVersion."),
        mistakes(folder));
  }

  @Test
  void whoUsesADefinitionMayDeclareOneOfItsFieldsAnew() throws IOException {
    file(
        "a.js",
        """
        /**
         * @apiDefine Login
         * @apiHeader (Session) {String} auth-a
         * @apiHeader (Session) {String} auth-b
         */
        /**
         * @api {get} /a A
         * @apiUse Login
         * @apiHeader (Session) {Number} auth-b
         */
        """);
    Route route = read(folder).manifest().orElseThrow().routes().get(0);
    assertEquals("String", route.reads().get(0).type().toString());
    assertEquals("Number", route.reads().get(1).type().toString());
  }

  @Test
  void definitionsUseOthersAndEachOther() throws IOException {
    file(
        "a.js",
        """
        /** @api {get} /a A
         * @apiUse One
         */
        /** @apiDefine One
         * @apiUse Two
         * @apiHeader (Session) {String} auth-one
         */
        /** @apiDefine Two
         * @apiUse One
         * @apiHeader (Session) {String} auth-two
         */
        """);
    Route route = read(folder).manifest().orElseThrow().routes().get(0);
    assertEquals(2, route.reads().size());
  }

  @Test
  void aSessionFieldOfNoRouteIsNotLostInSilence() throws IOException {
    file("a.js", "/** @apiHeader (Session) {String} auth-a */\n/** @apiSuccess {String} b */");
    assertEquals(
        List.of(
            "a.js:1:35: error: [KintoApidocSyntax] @apiHeader (Session) \"auth-a\" belongs to no"
                + " route. Put it into the comment that has the route's @api."),
        mistakes(folder));
  }

  @Test
  void aRouteThatIsDocumentedTwiceIsOneIfTheContractsAgree() throws IOException {
    file("a.js", "/** @api {get} /a/:id A\n * @apiSuccess {String} one */");
    Path second = file("b.js", "/** @api {get} /a/{key} B\n * @apiSuccess {String} two */");
    assertEquals(
        List.of(
            "b.js:1:16: warning: [KintoApidocRouteTwice] GET /a/{key} is documented twice with the"
                + " same contract, first as a.js:1:16, and is one route with the fields of both."
                + " Remove one of them."),
        mistakes(folder));
    Route route = read(folder).manifest().orElseThrow().routes().get(0);
    assertEquals("A", route.title());
    assertEquals(2, route.documentation().results().size());
    Files.writeString(
        second, "/** @api {get} /a/{key} B\n * @apiHeader (Session) {String} auth-x */");
    assertEquals(1, mistakes(folder).size(), mistakes(folder)::toString);
    assertTrue(mistakes(folder).get(0).startsWith("b.js:1:16: error: [KintoRouteDuplicate] "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@api {get / post} /a A\n@apiName both",
        "@api {GET|post} /a A\n@apiName both",
        "@api {get, post} /a A\n@apiName both",
        "@api {get or post} /a A\n@apiName both",
        "@api {get} /a A\n@api {post} /a A\n@apiName both",
        "@apiName both\n@apiGroup x\n@api {get} /a A\n@apiDescription x\n@api {post} /a A",
      })
  void aCommentWithSeveralMethodsOrAddressesIsARouteForEach(String comment) throws IOException {
    file("a.js", "/**\n" + comment + "\n@apiHeader (Session) {String} shop-cart\n*/");
    List<String> mistakes = mistakes(folder);
    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(
        mistakes
            .get(0)
            .contains("documents 2 routes, and each has all of its fields: GET /a, POST"),
        mistakes::toString);
    List<Route> routes = read(folder).manifest().orElseThrow().routes();
    assertEquals(List.of("GET /a", "POST /a"), routes.stream().map(Route::signature).toList());
    assertEquals(List.of("GetA", "both"), routes.stream().map(Route::name).toList());
    assertTrue(routes.stream().allMatch(route -> route.reads().size() == 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@apiHeader (Session) {String} shop-cart",
        "@apiSuccess (Session) {String} auth-userId",
        "@apiHeader (Config) {String} key-of-mail",
        "@apiRotatesToken",
        "@apiUse Session",
      })
  void aSessionFieldBetweenTwoAddressesMayBeOneRoutesOnly(String line) throws IOException {
    file(
        "a.js",
        "/** @apiDefine Session */\n/**\n@api {get} /a A\n%s\n@api {get} /b B\n*/".formatted(line));
    assertEquals(
        List.of(
            "a.js:5:1: error: [KintoApidocSyntax] The session fields and configuration values above"
                + " this @api are those of the one before it, or of both. Give each @api a comment"
                + " of its own."),
        mistakes(folder));
  }

  @Test
  void aMissingDefinitionIsOneErrorHoweverOftenItIsUsed() throws IOException {
    file("a.js", "/** @api {get} /a A\n * @apiUse Gone\n * @apiUse Other */");
    file("b.js", "/** @api {get} /b B\n * @apiUse Gone */");
    file("c.js", "/** @api {get} /c C\n * @apiUse Gone */");
    assertEquals(
        List.of(
            "a.js:2:12: error: [KintoApidocSyntax] No comment that is read here has @apiDefine"
                + " Gone, which is used 3 times. Add the file that defines it, or write its fields"
                + " where it is used.",
            "a.js:3:12: error: [KintoApidocSyntax] No comment that is read here has @apiDefine"
                + " Other. Add the file that defines it, or write its fields where it is used."),
        mistakes(folder));
  }

  @Test
  void aHeadingOfTheAuthorsOwnIsToldOnce() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      file(
          name + ".js",
          """
          /** @api {get} /%1$s A
           * @apiParam (Filter) {String} x
           * @apiParam (Filter) {String} y
           * @apiHeader (Tracing) {String} trace
           * @apiSuccess (Item) {String} id
           * @apiError (Item) {String} reason
           */
          """
              .formatted(name));
    }
    assertEquals(
        List.of(
            "a.js:2:15: warning: [KintoParameterGroupUnknown]",
            "a.js:4:16: warning: [KintoHeaderGroupUnknown]",
            "a.js:5:17: warning: [KintoResultGroupUnknown]",
            "a.js:6:15: warning: [KintoResultGroupUnknown]"),
        mistakes(folder).stream().map(line -> line.replaceFirst("].*", "]")).toList());
  }

  @Test
  void ofTwoRoutesWithOneNameTheSecondGetsAnother() throws IOException {
    file("a.js", "/** @api {get} /a A\n * @apiName get */");
    file("b.js", "/** @api {get} /b B\n * @apiName get */");
    assertEquals(
        List.of(
            "b.js:2:13: warning: [KintoApidocRouteName] Two routes are named \"get\". This one is"
                + " called \"GetB\" instead. Give it a name of its own with @apiName."),
        mistakes(folder));
    assertEquals(
        List.of("get", "GetB"),
        read(folder).manifest().orElseThrow().routes().stream().map(Route::name).toList());
  }

  private static final String UNKNOWN =
      "warning: [KintoApidocSource] This file has tags of apidoc and is not read: its ending is"
          + " none of those that the apidoc tool knows. Name the file itself to have its /**"
          + " comments */ read.";

  @Test
  void aFileInALanguageThatNobodyKnowsIsNamed() throws IOException {
    file("a.js", "/** @api {get} /a A */");
    file("b.zig", "const x = 1;\n/// @api {get} /b B\n/// @apiName b\n");
    file("c.txt", "/**\n * @apiHeader (Session) {String} auth-a\n */");
    file("d.txt", "npm install @api/d; me@api.com, @apiHeader");
    Files.write(folder.resolve("e.bin"), "\0\n@api {get} /e E".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("b.zig:2:5: " + UNKNOWN, "c.txt:2:4: " + UNKNOWN), mistakes(folder));
    assertTrue(read(folder).manifest().isPresent());
  }

  /** Neither the tool nor the dialect reads them, and their author may think so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/*\n * @api {get} /b B\n * @apiName b\n */",
        "\n// @api {get} /b B\n",
        "\n/** @api {get} /b B never ends"
      })
  void tagsOutsideOfTheToolsCommentsAreNamed(String source) throws IOException {
    file("a.js", "/** @api {get} /a A */\n" + source);
    assertEquals(1, mistakes(folder).size(), mistakes(folder)::toString);
    assertTrue(
        mistakes(folder).get(0).contains("a.js:3:")
            && mistakes(folder).get(0).contains("warning: [KintoApidocSource] "),
        mistakes(folder)::toString);
    assertTrue(read(folder).manifest().isPresent());
  }

  @Test
  void theToolsOwnPageAmongTheSourcesIsNamed() throws IOException {
    file("a.js", "/** @api {get} /a A */");
    file(
        "doc/assets/main.bundle.js",
        "x();/** @api {nonsense} \u00a0*/" + "y();".repeat(10_000) + "/** @api */z()");
    assertEquals(1, mistakes(folder).size(), mistakes(folder)::toString);
    assertTrue(mistakes(folder).get(0).contains("a machine made"), mistakes(folder)::toString);
    assertTrue(read(folder).manifest().isPresent());
  }

  /** The tool says that such brackets are deprecated, and leaves the whole tag out. */
  @Test
  void aDocumentedFieldWithAKeyInBracketsIsLeftOutAsByTheTool() throws IOException {
    file(
        "a.js",
        """
        /**
         * @api {get} /a A
         * @apiParam {String} user[name] who
         * @apiParam {Number} page from[1-9]
         * @apiHeader (Session) {Number} auth-a from[1-9]
         * @apiParam {String[]} names [a-z]
         */
        """);
    assertEquals(2, mistakes(folder).size(), mistakes(folder)::toString);
    assertTrue(mistakes(folder).get(0).startsWith("a.js:3:4: warning: [KintoApidocUnread] "));
    assertTrue(mistakes(folder).get(1).startsWith("a.js:4:4: warning: [KintoApidocUnread] "));
    Route route = read(folder).manifest().orElseThrow().routes().get(0);
    assertEquals(1, route.documentation().parameters().size());
    assertEquals(1, route.reads().size());
  }

  @Test
  void sourcesInUtf16AreRead() throws IOException {
    Files.write(
        folder.resolve("a.js"), "\uFEFF/** @api {get} /a A */".getBytes(StandardCharsets.UTF_16LE));
    assertEquals(List.of("GET /a"), signatures(folder));
  }

  @Test
  void bytesThatAreNoTextAreNamedAndDoNotHurt() throws IOException {
    Files.write(
        folder.resolve("a.js"),
        "// caf\u00e9\n/** @api {get} /a caf\u00e9 */".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        List.of(
            "a.js:1:1: warning: [KintoApidocSource] This file is not UTF-8: other characters are"
                + " lost. Convert it."),
        mistakes(folder));
    assertTrue(read(folder).manifest().isPresent());
  }

  @Test
  void aMissingSourceIsAnError() {
    assertThrows(NoSuchFileException.class, () -> read(folder.resolve("nowhere.js")));
  }

  @Test
  void aFolderWithoutCommentsHasNoRoutes() throws IOException {
    assertEquals(List.of(), signatures(folder));
  }
}
