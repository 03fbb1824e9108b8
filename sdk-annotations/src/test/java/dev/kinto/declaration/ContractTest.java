package dev.kinto.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.Documentation;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of a microservice (contract C1 to C4, C6, C9, C11, C16), each broken in a line or two
 * of comment.
 */
class ContractTest {
  /** It has its own test below; the dialect's; the processor's. */
  private static final Set<Rule> NOT_BROKEN_BY_A_COMMENT =
      EnumSet.of(
          Rule.MICROSERVICE_NAME,
          Rule.APIDOC_SYNTAX,
          Rule.APIDOC_UNREAD,
          Rule.APIDOC_PATH,
          Rule.APIDOC_TAG,
          Rule.APIDOC_DEFINITION,
          Rule.APIDOC_ROUTE_TWICE,
          Rule.APIDOC_SEVERAL_ROUTES,
          Rule.APIDOC_ROUTE_NAME,
          Rule.APIDOC_SOURCE,
          Rule.MICROSERVICE_MISSING,
          Rule.MICROSERVICE_UNNAMED,
          Rule.COMMENT_PLACE,
          Rule.ANNOTATION_PLACE,
          Rule.DECLARATIONS_DIFFER,
          Rule.ROUTE_MISSING,
          Rule.ROUTE_UNCLEAR,
          Rule.ROUTE_SHARED,
          Rule.FRAMEWORK_DIFFERS,
          Rule.HANDLER_HIDDEN,
          Rule.GENERATED_NAME,
          Rule.ROUTE_LATE);

  /** A place in the comment of a route, counted from 1 like its line and column. */
  private record Place(int route, int line, int column) implements Position {
    @Override
    public String toString() {
      return route + ":" + line + ":" + column;
    }
  }

  /** The contract of the microservice {@code articles} that has these comments. */
  private static Contract contract(String... comments) {
    return contractOf("articles", comments);
  }

  private static Contract contractOf(String microservice, String... comments) {
    List<RouteDeclaration> routes =
        Stream.of(comments)
            .map(
                comment -> {
                  int route = List.of(comments).indexOf(comment) + 1;
                  return ApidocComment.parse(
                          comment, (line, column) -> new Place(route, line, column))
                      .routes()
                      .get(0);
                })
            .toList();
    return Contract.of(new Text(microservice, new Place(0, 0, 0)), routes);
  }

  /** The place of the mistake stands behind a {@code ^}. */
  static Stream<Arguments> broken() {
    String get = "@api {get} / x\n";
    return Stream.of(
        broken(Rule.FIELD_PREFIX, get + "@apiSuccess (Session) {Number} ^lastId"),
        broken(Rule.FIELD_PREFIX, get + "@apiSuccess (Session) {Number} ^auth-lastId"),
        broken(Rule.FIELD_PREFIX, get + "@apiSuccess (Session) {Number} ^Articles-lastId"),
        broken(Rule.FIELD_PREFIX, get + "@apiSuccess (Session) {Number} ^articles-"),
        broken(Rule.FIELD_PREFIX, get + "@apiSuccess (Session) {Number} [^articlesLastId]"),
        broken(Rule.FIELD_OWNER, get + "@apiHeader (Session) {Number} ^userId"),
        broken(Rule.FIELD_OWNER, get + "@apiHeader (Session) {Number} ^auth-"),
        broken(Rule.FIELD_OWNER, get + "@apiHeader (Session) {Number} ^kinto-userId"),
        broken(Rule.FIELD_OWNER, get + "@apiHeader (Session) {Number} ^x-forwarded-for"),
        broken(Rule.FIELD_NAME, get + "@apiHeader (Session) {Number} ^auth-userId: who"),
        broken(Rule.FIELD_NAME, get + "@apiSuccess (Session) {Number} ^articles-ä"),
        broken(Rule.FIELD_NAME, get + "@apiHeader (Config) {Number} ^git/hub"),
        broken(Rule.FIELD_REGISTERED, get + "@apiHeader (Session) {String} ^user-agent"),
        broken(Rule.FIELD_TYPE, get + "@apiHeader (Session) {^String{5..2}} auth-a"),
        broken(Rule.FIELD_TYPE, get + "@apiSuccess (Session) {^Boolean{1..2}} articles-a"),
        broken(Rule.FIELD_DEFAULT, get + "@apiHeader (Session) {Number} [auth-age=^old]"),
        broken(Rule.FIELD_DEFAULT_REQUIRED, get + "@apiHeader (Session) {Number} auth-age=^1"),
        broken(Rule.HEADER_GROUP, get + "@apiHeader (^session) {Number} auth-a"),
        broken(Rule.HEADER_GROUP, get + "@apiHeader (^CONFIG) {Number} token"),
        broken(Rule.RESULT_GROUP, get + "@apiSuccess (^SESSION) {Number} articles-a"),
        broken(Rule.RESULT_GROUP_UNKNOWN, get + "@apiSuccess (^Users) {Number} id"),
        broken(Rule.RESULT_GROUP_UNKNOWN, get + "@apiError (^600) {Number} code"),
        broken(Rule.ERROR_SESSION, get + "@apiError (^Session) {Number} articles-a"),
        broken(Rule.PARAMETER_GROUP_UNKNOWN, get + "@apiParam (^body) {Number} id"),
        broken(Rule.PARAMETER_GROUP, get + "@apiParam (^Session) {Number} auth-userId"),
        broken(Rule.PARAMETER_GROUP_UNKNOWN, get + "@apiParam (^Login) {String} name"),
        broken(Rule.PATH_PARAMETER, get + "@apiParam (Url) {Number} ^id"),
        broken(
            Rule.PATH_PARAMETER, "@api {get} /{user} x\n@apiParam (Url) user\n@apiParam (Url) ^u"),
        broken(
            Rule.PATH_PARAMETER_UNDECLARED,
            "@api {get} ^/{user}/posts/{post} x\n@apiParam (Url) {Number} user"),
        broken(Rule.PATH_PARAMETER_UNDECLARED, "@api {get} ^/{a}/{b*} x\n@apiParam {Number} a"),
        broken(Rule.VERSION, get + "@apiVersion ^1.0"),
        broken(Rule.VERSION, get + "@apiVersion ^v1.0.0"),
        broken(Rule.DEFAULT_UNUSED, get + "@apiSuccess (Session) {Number} [articles-a=^1]"),
        broken(Rule.DEFAULT_UNUSED, get + "@apiHeader (Config) {String} [token=^x]"),
        broken(Rule.DOCUMENTED_NAME, get + "@apiHeader {String} ^Accept: what"),
        broken(Rule.DOCUMENTED_TYPE, get + "@apiBody {^String{5..2}} title"),
        broken(Rule.DOCUMENTED_TYPE, get + "@apiSuccess {^Boolean=\"yes\"} good"),
        broken(Rule.DOCUMENTED_DEFAULT, get + "@apiQuery {Number{1-9}} [page=^0]"),
        broken(Rule.DOCUMENTED_DEFAULT, get + "@apiParam {String=\"a\",\"b\"} [order=^c]"),
        broken(Rule.DOCUMENTED_TWICE, get + "@apiHeader Accept\n@apiHeader ^accept"),
        broken(Rule.DOCUMENTED_TWICE, get + "@apiBody a.b\n@apiParam (Body) ^a.b"),
        broken(Rule.DOCUMENTED_TWICE, get + "@apiSuccess id\n@apiSuccess (Success 200) ^id"),
        broken(Rule.HEADER_GROUP, get + "@apiHeader (^Sesion) {Number} auth-a"),
        broken(Rule.HEADER_GROUP_UNKNOWN, get + "@apiHeader (^Tracing) {Number} auth-a"),
        broken(Rule.RESULT_GROUP, get + "@apiSuccess (^Sessions) {Number} articles-a"),
        broken(Rule.RESULT_GROUP, get + "@apiSuccess (^Session 200) {Number} articles-a"),
        broken(Rule.RESULT_GROUP, get + "@apiSuccess (^201 session) {Number} articles-a"),
        broken(Rule.ERROR_SESSION, get + "@apiError (^session) {Number} articles-a"),
        broken(Rule.ERROR_SESSION, get + "@apiError (^Session 400) {Number} articles-a"),
        broken(Rule.HEADER_GROUP, get + "@apiHeader (^Session Header) {Number} articles-a"),
        broken(Rule.PARAMETER_GROUP, get + "@apiQuery (^Session) {Number} auth-userId"),
        broken(Rule.PARAMETER_GROUP, get + "@apiBody (^session) {Number} articles-userId"),
        broken(Rule.PARAMETER_GROUP, get + "@apiParam (^Session 200) {Number} articles-userId"),
        broken(Rule.SESSION_SPACE, get + "@apiHeader {Number} ^articles-lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiHeader {Number} ^Articles_lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiHeader {Number} [^articles.lastId]"),
        broken(Rule.SESSION_SPACE, get + "@apiSuccess {Number} ^articles-lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiSuccess (201) {Number} ^Articles-lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiError {Number} ^articles-lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiBody {Number} ^articles-lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiQuery {Number} ^articles-lastId"),
        broken(Rule.SESSION_SPACE, get + "@apiParam {Number} ^articles-lastId"),
        broken(Rule.FIELD_TYPE_UNKNOWN, get + "@apiHeader (Session) {^Uuid} auth-a"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^articles-key"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^Kinto_Token"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^Authorization"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^Transfer-Encoding"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^x_forwarded_for"),
        broken(Rule.METHOD, "@api {^trace} / x"),
        broken(Rule.METHOD, "@api {^CONNECT} / x"),
        broken(Rule.METHOD, "@api {^socket.io post} / x"),
        broken(Rule.PATH, "@api {get} ^/{a*}/b x"),
        broken(
            Rule.FIELD_DUPLICATE,
            get + "@apiHeader (Session) {Number} auth-a\n@apiHeader (Session) {Number} ^auth-a"),
        broken(
            Rule.FIELD_DUPLICATE,
            get + "@apiSuccess (Session) articles-a\n@apiSuccess (Session) ^articles-a"),
        broken(
            Rule.FIELD_ALIAS,
            get
                + "@apiHeader (Session) {Number} articles-lastId\n"
                + "@apiSuccess (Session) {Number} ^articles-lastid"),
        broken(
            Rule.FIELD_ALIAS,
            get + "@apiHeader (Session) {Number} auth-userId",
            "@api {put} / x\n@apiHeader (Session) {Number} ^auth_userId"),
        broken(Rule.ROUTE_DUPLICATE, "@api {get} /{id} x", "@api {get} ^/{key} x\n@apiName b"),
        broken(
            Rule.ROUTE_SUPERSEDED,
            "@api {get} ^/a x\n@apiName a\n@apiGroup g\n@apiVersion 1.0.0",
            "@api {get} /b x\n@apiName a\n@apiGroup g\n@apiVersion 1.0.1"),
        broken(Rule.ROUTE_NAME, "@api {get} / x\n@apiName a", "@api {put} / x\n@apiName ^a"));
  }

  private static Arguments broken(Rule rule, String... comments) {
    return Arguments.of(rule, comments);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void eachRuleIsReportedOnceAtTheSmallestPlace(Rule rule, String... marked) {
    Contract contract = contract(unmarked(marked));
    assertEquals(1, contract.mistakes().size(), contract.mistakes().toString());
    Mistake mistake = contract.mistakes().get(0);
    assertEquals(rule, mistake.rule());
    assertEquals(markedPlace(marked), mistake.at());
    assertEquals(rule.warning(), contract.manifest().isPresent());
    assertTrue(mistake.text().startsWith("[" + rule.id() + "] "), mistake.text());
  }

  private static String[] unmarked(String... marked) {
    return Stream.of(marked).map(comment -> comment.replace("^", "")).toArray(String[]::new);
  }

  private static Place markedPlace(String... marked) {
    for (int route = 0; route < marked.length; route++) {
      int mark = marked[route].indexOf('^');
      if (mark >= 0) {
        String before = marked[route].substring(0, mark);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Place(route + 1, line, mark - before.lastIndexOf('\n'));
      }
    }
    throw new AssertionError("no ^");
  }

  @Test
  void everyRuleOfAContractIsBrokenAbove() {
    Set<Rule> rules = EnumSet.allOf(Rule.class);
    broken().forEach(arguments -> rules.remove((Rule) arguments.get()[0]));
    rules.removeAll(NOT_BROKEN_BY_A_COMMENT);
    assertEquals(Set.of(), rules);
  }

  @Test
  void aBadNameOfTheMicroserviceIsReportedAlone() {
    Contract contract = contractOf("X_Y", "@api {get} nonsense x");
    assertEquals(Optional.empty(), contract.manifest());
    assertEquals(1, contract.mistakes().size());
    assertEquals(Rule.MICROSERVICE_NAME, contract.mistakes().get(0).rule());
    assertEquals("0:0:0", contract.mistakes().get(0).at().toString());
  }

  @Test
  void aNameThatIsSuggestedIsAllowed() {
    String message =
        contractOf("content", "@api {get} / x\n@apiSuccess (Session) {Number} content_length")
            .mistakes()
            .get(0)
            .text();
    assertTrue(message.endsWith("Did you mean \"content-own-length\"?"), message);
  }

  @Test
  void allMistakesComeInOneRun() {
    Contract contract =
        contract(
            """
            @api {trace} /{no*}/where x
            @apiHeader (Session) {String{5..2}} userId
            @apiSuccess (Session) {String} auth-userId
            """,
            """
            @api {get} / x
            @apiHeader (session) {String} auth-userId
            """);
    assertEquals(
        EnumSet.of(
            Rule.METHOD,
            Rule.PATH,
            Rule.FIELD_TYPE,
            Rule.FIELD_OWNER,
            Rule.FIELD_PREFIX,
            Rule.HEADER_GROUP),
        contract.mistakes().stream().map(Mistake::rule).collect(Collectors.toSet()));
    assertEquals(6, contract.mistakes().size());
  }

  @Test
  void messagesNameWhatWasFoundAndTheMend() {
    Mistake mistake =
        contract("@api {get} / x\n@apiSuccess (Session) {Number} lastId").mistakes().get(0);
    assertEquals(
        "1:2:32: error: [KintoFieldPrefix] @apiSuccess (Session) field must start with"
            + " \"articles-\". Found: \"lastId\". Did you mean \"articles-lastId\"?",
        mistake.toString());
  }

  @Test
  void idsAreUniqueAndMessagesAreSentences() {
    Set<String> ids = new HashSet<>();
    for (Rule rule : Rule.values()) {
      assertTrue(ids.add(rule.id()), rule.id());
      assertTrue(rule.id().startsWith("Kinto"), rule.id());
    }
    broken()
        .map(
            arguments ->
                contract(unmarked((String[]) arguments.get()[1])).mistakes().get(0).message())
        .forEach(
            message ->
                assertTrue(
                    message.endsWith(".") || message.endsWith("?"),
                    () -> "No sentence: " + message));
  }

  @Test
  void goodDeclarationsMakeTheManifest() {
    Contract contract =
        contract(
            """
            @api {post} /articles Publish
            @apiName publish
            @apiGroup Articles
            @apiHeader (Session) {Number} auth-userId who
            @apiHeader (Session) {String="free","pro"} [auth-plan=free]
            @apiHeader (Config) {String} [githubToken] for previews
            @apiHeader {String} Accept-Language
            @apiSuccess (Session) {Number} [articles-lastId]
            @apiSuccess (201) {Number} id
            """);
    assertEquals(List.of(), contract.mistakes());
    Manifest manifest = contract.manifest().orElseThrow();
    Route route = manifest.routes().get(0);
    assertEquals("POST /articles", route.signature());
    assertEquals("publish", route.name());
    assertEquals(
        List.of("auth-plan", "auth-userId"),
        route.reads().stream().map(read -> read.field().spelling()).toList());
    SessionRead plan = route.reads().get(0);
    assertFalse(plan.required());
    assertEquals(Optional.of("free"), plan.defaultValue());
    assertTrue(route.reads().get(1).required());
    SessionWrite lastId = route.writes().get(0);
    assertTrue(lastId.optional());
    ConfigRead token = route.config().get(0);
    assertFalse(token.required());
    assertEquals("for previews", token.description());
  }

  @Test
  void namesOfBodiesAndPathsAndRegisteredHeadersAreNobodysSessionFields() {
    assertEquals(
        List.of(),
        contractOf(
                "user",
                """
                @api {get} /{user-id} x
                @apiHeader {String} User-Agent
                @apiHeader {String} auth-userId is another's, which only check can know
                @apiParam {Number} user-id
                @apiQuery {Number} user_id
                @apiSuccess {Object} user
                @apiSuccess {Number} user.id
                @apiSuccess {Number} user_id
                """)
            .mistakes());
  }

  @Test
  void whatIsOnlyDocumentedIsInTheManifestToo() {
    Contract contract =
        contract(
            """
            @api {put} /users/{id}/posts Publish
            @apiVersion 1.2.0
            @apiPermission writer
            @apiPermission admin
            @apiDeprecated use PUT /posts
            @apiHeader {String="de","en"} [Accept-Language=en] of messages
            @apiParam {Number{1..}} id who
            @apiParam {Boolean} loud is no part of the path
            @apiQuery {string[]} [tags=a,b]
            @apiBody (Post) {Object} post
            @apiBody {Date{yyyy-mm-dd}} post.day
            @apiSuccess {Number} [id]
            @apiSuccess (201 Created) {Number} id
            @apiError {String} code
            @apiError (5xx) {String} trace
            @apiSuccessExample Answer
              {
                "id": 1
              }
            """);
    assertEquals(List.of(), contract.mistakes());
    Documentation documentation = contract.manifest().orElseThrow().routes().get(0).documentation();
    assertEquals("1.2.0", documentation.version().orElseThrow().toString());
    assertEquals(List.of("admin", "writer"), documentation.permissions());
    assertEquals(Optional.of("use PUT /posts"), documentation.deprecation());
    assertEquals(
        List.of(
            new DocumentedField(
                "Header",
                "Accept-Language",
                "String=\"de\",\"en\"",
                true,
                Optional.of("en"),
                "of messages")),
        documentation.headers());
    assertEquals(
        List.of(
            "Body loud Boolean",
            "Body post Object",
            "Body post.day Date{yyyy-mm-dd}",
            "QueryString tags String[]",
            "Url id Number{1..}"),
        words(documentation.parameters()));
    assertEquals(List.of("200 id Number", "201 id Number"), words(documentation.results()));
    assertTrue(documentation.results().get(0).optional());
    assertEquals(List.of("400 code String", "5xx trace String"), words(documentation.errors()));
    assertEquals(
        List.of(new Example(Example.Subject.SUCCESS, "Answer", "json", "{\n  \"id\": 1\n}")),
        documentation.examples());
  }

  private static List<String> words(List<DocumentedField> fields) {
    return fields.stream()
        .map(field -> field.group() + " " + field.name() + " " + field.type())
        .toList();
  }

  @Test
  void aParameterWithoutAGroupIsTheApidocToolsGroupParameter() {
    String route = "@api {get} /{id} x\n";
    assertEquals(
        contract(route + "@apiParam id\n@apiParam a").manifest(),
        contract(route + "@apiParam (Parameter) id\n@apiParam (Parameter) a").manifest());
  }

  /** Of one route the highest version counts; the older ones may say what they like. */
  @Test
  void theHighestVersionOfARouteCounts() {
    Contract contract =
        contract(
            "@api {get} /users/{id} old\n@apiVersion 0.9.0\n@apiHeader (Session) nonsense",
            "@api {get} /users/{key} new\n@apiVersion 0.10.0",
            "@api {get} /users/{name} older");
    assertEquals(List.of(), contract.mistakes());
    assertEquals(
        List.of("new"),
        contract.manifest().orElseThrow().routes().stream().map(Route::title).toList());
  }

  @Test
  void aRouteThatMovedIsKnownByItsNameAndGroup() {
    String names = "\n@apiName one\n@apiGroup Users\n@apiVersion ";
    Contract contract =
        contract("@api {get} /user x" + names + "1.0.0", "@api {get} /users x" + names + "1.1.0");
    assertEquals(
        List.of(
            "[KintoRouteSuperseded] GET /user is taken for an older version (1.0.0) of /users,"
                + " which has its name, its group and version 1.1.0, and is left out. If it is a"
                + " route of its own, give it a name of its own."),
        contract.mistakes().stream().map(Mistake::text).toList());
    assertEquals("/users", contract.manifest().orElseThrow().routes().get(0).path().text());
  }

  /** Those that went on being called at their address are no routes that nobody can call. */
  @Test
  void onlyAnAddressThatNoOtherVersionHasIsSaidToHaveMoved() {
    String names = "\n@apiName one\n@apiGroup Users\n@apiVersion ";
    Contract contract =
        contract(
            "@api {get} /users x" + names + "1.0.0",
            "@api {get} /user x" + names + "1.1.0",
            "@api {get} /users x" + names + "1.2.0");
    assertEquals(
        List.of(Rule.ROUTE_SUPERSEDED), contract.mistakes().stream().map(Mistake::rule).toList());
    assertEquals(1, contract.manifest().orElseThrow().routes().size());
  }

  @Test
  void equalVersionsOfOneRouteAreADuplicate() {
    Contract contract =
        contract(
            "@api {get} / a\n@apiVersion 1.0.0", "@api {get} / b\n@apiVersion 1.0.0\n@apiName b");
    assertEquals(
        List.of(Rule.ROUTE_DUPLICATE), contract.mistakes().stream().map(Mistake::rule).toList());
  }

  /** Two classes may have a method list() each: only with a group do they mean one route. */
  @Test
  void aNameAloneSupersedesNothing() {
    Contract contract =
        contract(
            "@api {get} /users x\n@apiName list\n@apiVersion 1.0.0",
            "@api {get} /posts x\n@apiName list\n@apiVersion 1.1.0");
    assertEquals(
        List.of(Rule.ROUTE_NAME), contract.mistakes().stream().map(Mistake::rule).toList());
  }

  @Test
  void siblingsOfOneShapeMayDifferInMethodAndALiteralMayStandBesideAParameter() {
    assertEquals(
        List.of(),
        contract(
                "@api {get} /a/{id} x",
                "@api {put} /a/{key} x",
                "@api {get} /a/new x",
                "@api {get} /a/{rest*} x\n@apiName rest")
            .mistakes());
  }

  @Test
  void aMicroserviceMayReadAnothersFieldsWhateverTheyAreCalled() {
    assertEquals(
        List.of(),
        contract(
                "@api {get} / x\n"
                    + "@apiHeader (Session) {String} user-profile-photo\n"
                    + "@apiHeader (Session) {String} content-rating")
            .mistakes());
  }
}
