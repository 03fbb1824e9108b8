package dev.kinto.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.manifest.ConfigRead;
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
          Rule.MICROSERVICE_MISSING,
          Rule.DECLARATIONS_DIFFER,
          Rule.ROUTE_MISSING,
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
                      .route()
                      .orElseThrow();
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
        broken(Rule.HEADER_GROUP, get + "@apiSuccess (^SESSION) {Number} articles-a"),
        broken(Rule.HEADER_GROUP_UNKNOWN, get + "@apiHeader (^Sesion) {Number} auth-a"),
        broken(Rule.FIELD_TYPE_UNKNOWN, get + "@apiHeader (Session) {^Uuid} auth-a"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^articles-key"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^Kinto_Token"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^Authorization"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^Transfer-Encoding"),
        broken(Rule.CONFIG_NAME, get + "@apiHeader (Config) {String} ^x_forwarded_for"),
        broken(Rule.METHOD, "@api {^trace} / x"),
        broken(Rule.METHOD, "@api {^CONNECT} / x"),
        broken(Rule.METHOD, "@api {^get post} / x"),
        broken(Rule.PATH, "@api {get} ^articles x"),
        broken(Rule.PATH, "@api {get} ^/a//b x"),
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
  void allMistakesComeInOneRun() {
    Contract contract =
        contract(
            """
            @api {trace} nowhere x
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
