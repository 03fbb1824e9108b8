package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Example.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect (contract C10), one comment at a time. */
class ApidocCommentTest {

  private static ApidocComment parse(String comment) {
    return ApidocComment.parse(
        comment, (line, column) -> new SourcePosition("comment", line, column));
  }

  private static FieldDeclaration header(String line) {
    ApidocComment comment = parse("@apiHeader " + line);
    assertEquals(List.of(), comment.mistakes());
    return comment.fields().headers().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          {String} auth-userId                         | Header  | String           | auth-userId | false | -      | ``
          {String} auth-userId user id                 | Header  | String           | auth-userId | false | -      | user id
          (Session) {String} auth-userId user id       | Session | String           | auth-userId | false | -      | user id
          (Session) {String} {auth-userId} user id     | Session | String           | auth-userId | false | -      | user id
          (Session) {String} { auth-userId } user id   | Session | String           | auth-userId | false | -      | user id
          (Session) {String} [auth-userId] user id     | Session | String           | auth-userId | true  | -      | user id
          (Session) {String} [auth-userId=x] user id   | Session | String           | auth-userId | true  | x      | user id
          (Session) {String} [ auth-userId = x y ] id  | Session | String           | auth-userId | true  | x y    | id
          (Session) {String} [auth-userId="x y"] id    | Session | String           | auth-userId | true  | x y    | id
          (Session) {String} [auth-userId='x y'] id    | Session | String           | auth-userId | true  | x y    | id
          (Session) {String} [auth-userId="x]y"] id    | Session | String           | auth-userId | true  | x]y    | id
          (Session) {String} [auth-userId="x=y"] id    | Session | String           | auth-userId | true  | x=y    | id
          (Session) {String} [auth-userId=it's] id     | Session | String           | auth-userId | true  | it's   | id
          (Session) {String} [auth-userId=5"] id       | Session | String           | auth-userId | true  | 5"     | id
          (Session) {String} [auth-userId="] id        | Session | String           | auth-userId | true  | "      | id
          (Session) {String[]} [auth-tags=["a","b"]] t | Session | String[]         | auth-tags   | true  | ["a","b"] | t
          (Session) {Object} [auth-o={"a":[1]}] t      | Session | Object           | auth-o      | true  | {"a":[1]} | t
          (Session) [String] auth-userId user id       | Session | String           | auth-userId | true  | -      | user id
          (Session) [Number{1-10}] auth-n count        | Session | Number{1-10}     | auth-n      | true  | -      | count
          (Session) [String[]] auth-tags tags          | Session | String[]         | auth-tags   | true  | -      | tags
          (Session) [String="a","b"] auth-a letter     | Session | String="a","b"   | auth-a      | true  | -      | letter
          (Session) [String] {auth-userId} user id     | Session | String           | auth-userId | true  | -      | user id
          (Session) [String] [auth-userId=x] user id   | Session | String           | auth-userId | true  | x      | user id
          (Session) {String} [String] user id          | Session | String           | String      | true  | -      | user id
          (Session) [auth-userId] user id              | Session | String           | auth-userId | true  | -      | user id
          (Session) auth-userId user id                | Session | String           | auth-userId | false | -      | user id
          auth-userId                                  | Header  | String           | auth-userId | false | -      | ``
          (Session) {String{2..5}} auth-a a            | Session | String{2..5}     | auth-a      | false | -      | a
          (Session) {String="free","pro"} auth-a a     | Session | String="free","pro" | auth-a   | false | -      | a
          (Session) {String="{","}"} auth-a a          | Session | String="{","}"   | auth-a      | false | -      | a
          (Session) {String=it's} auth-a a             | Session | String=it's      | auth-a      | false | -      | a
          (Session) { String } auth-a a                | Session | String           | auth-a      | false | -      | a
          (Session){String}auth-a a                    | Session | String           | auth-a      | false | -      | a
          (Session){String}[auth-a]a                   | Session | String           | auth-a      | true  | -      | a
          ( Session ) {String} auth-a a                | Session | String           | auth-a      | false | -      | a
          (My (own) group) {String} auth-a a           | My (own) group | String    | auth-a      | false | -      | a
          (Session) {Number} auth-a=1 one              | Session | Number           | auth-a      | false | 1      | one
          (Session) {Number} auth-a = "1 2" one        | Session | Number           | auth-a      | false | 1 2    | one
          {Object[]} users[].name name of a user       | Header  | Object[]         | users[].name | false | -     | name of a user
          """)
  void everyFormOfAFieldIsRead(
      String line,
      String group,
      String type,
      String name,
      boolean optional,
      String defaultValue,
      String description) {
    FieldDeclaration field = header(line);
    assertEquals(group, field.group().value());
    assertEquals(type, field.type().value());
    assertEquals(name, field.field().value());
    assertEquals(optional, field.optional());
    assertEquals(Optional.ofNullable(defaultValue), field.defaultValue().map(Text::value));
    assertEquals(description, field.description());
    String notation = line.contains("(") ? "@apiHeader (" + group + ")" : "@apiHeader";
    assertEquals(notation, field.writtenAs());
  }

  @Test
  void resultsHaveTheirOwnDefaultGroup() {
    FieldDeclaration result = parse("@apiSuccess {String} id").fields().results().get(0);
    assertEquals("200", result.group().value());
    assertEquals("@apiSuccess", result.writtenAs());
  }

  @Test
  void everyWordKnowsItsPlace() {
    FieldDeclaration field =
        parse("Hello.\n\n  @apiHeader (Session) {String} [auth-plan=\"free\"] plan")
            .fields()
            .headers()
            .get(0);
    assertEquals("comment:3:15", field.group().at().toString());
    assertEquals("comment:3:25", field.type().at().toString());
    assertEquals("comment:3:34", field.field().at().toString());
    assertEquals("comment:3:44", field.defaultValue().orElseThrow().at().toString());
  }

  @Test
  void whatIsNotWrittenIsPlacedAtWhatStandsForIt() {
    FieldDeclaration field = parse("@apiHeader auth-a").fields().headers().get(0);
    assertEquals("comment:1:1", field.group().at().toString());
    assertEquals("comment:1:12", field.type().at().toString());
  }

  @Test
  void aDescriptionGoesOnInTheNextLinesUpToTheNextTag() {
    ApidocComment comment =
        parse(
            """
            @apiHeader (Session) {String} auth-a first
              second

              third
            @param x no tag of apidoc's
              fourth
            @apiHeader (Session) {String} auth-b
            """);
    assertEquals("first second third", comment.fields().headers().get(0).description());
    assertEquals("", comment.fields().headers().get(1).description());
  }

  @Test
  void aWholeRouteIsRead() {
    ApidocComment comment =
        parse(
            """
             Publishes. {@code Not} the description.

             @api {post} /articles/:id/parts/:rest* Publish  an article
             @apiName publish article
             @apiGroup Article group
             @apiDescription First line,
               second line.


               New paragraph:
               - one,
                 still one
               - two
             @apiVersion 1.0.0
             @apiParam (Url) {Number} id
             @apiBody {String} title
             @apiHeader (Session) {Number} auth-userId
             @apiHeader (Config) {String} githubToken
             @apiSuccess (Session) {Number} articles-lastId
             @apiSuccessExample {json} Answer:
               HTTP/1.1 200 OK
             @apiError (404) NotFound
            """);
    assertEquals(List.of(), comment.mistakes());
    RouteDeclaration route = comment.routes().get(0);
    assertEquals("POST", route.method().value());
    assertEquals("comment:3:8", route.method().at().toString());
    assertEquals("/articles/{id}/parts/{rest*}", route.path().value());
    assertEquals("comment:3:14", route.path().at().toString());
    assertEquals("Publish an article", route.wording().title());
    assertEquals("publish_article", route.name().value());
    assertEquals("comment:4:11", route.name().at().toString());
    assertEquals("Article_group", route.wording().group());
    assertEquals(
        "First line, second line.\n\nNew paragraph:\n- one, still one\n- two",
        route.wording().description());
    assertEquals(2, route.fields().headers().size());
    assertEquals(1, route.fields().results().size());
    assertFalse(route.rotatesToken());
  }

  @Test
  void theTextBeforeTheFirstTagStandsForAMissingDescription() {
    assertEquals("Says\nhello.", parse(" Says\n hello.\n @api {get} / x").introduction());
    assertEquals("Says hello.", parse("Says hello.").introduction());
  }

  @ParameterizedTest
  @CsvSource({
    "get, /, Get",
    "get, /articles/{id}, GetArticlesId",
    "POST, /my_articles/newOnes, PostMy_articlesNewones",
    "put, /a-b/{rest*}, PutABRest"
  })
  void aMissingNameIsTheOneThatApidocDerives(String method, String path, String name) {
    RouteDeclaration route = parse("@api {" + method + "} " + path + " x").routes().get(0);
    assertEquals(name, route.name().value());
    assertEquals(route.path().at(), route.name().at());
  }

  @Test
  void tagsAreReadInAnyCaseAsApidocDoes() {
    ApidocComment comment = parse("@API {get} / x\n@apiheader (Session) {String} auth-a");
    assertEquals(1, comment.routes().size());
    assertEquals("@apiHeader (Session)", comment.fields().headers().get(0).writtenAs());
  }

  /** C8, C10: every tag that has an annotation. */
  @Test
  void everyTagIsRead() {
    ApidocComment comment =
        parse(
            """
            @apiVersion 1.2.0
            @apiVersion 1.10.0
            @apiVersion 1.9.0
            @apiPermission admin
            @apiPermission power user
            @apiDeprecated use now
              (#Users:list).
            @apiParam (Url) {Number} id
            @apiParam {Number} size
            @apiQuery {Number} [page=1]
            @apiBody (Login) {String} user.name
            @apiBody {String} [address[street]] where
            @apiError (404) {String} code
            """);
    assertEquals(List.of(), comment.mistakes());
    assertEquals("1.10.0", comment.wording().version().orElseThrow().value());
    assertEquals(List.of("admin", "power_user"), comment.wording().permissions());
    assertEquals(Optional.of("use now (#Users:list)."), comment.wording().deprecation());
    assertEquals(
        List.of("Url id", " size", "QueryString page", "Body user.name", "Body address[street]"),
        comment.fields().parameters().stream()
            .map(field -> field.group().value() + " " + field.field().value())
            .toList());
    assertEquals("404", comment.fields().errors().get(0).group().value());
    assertFalse(comment.isEmpty());
  }

  @Test
  void anExampleKeepsItsLinesButNotTheIndentationOfAll() {
    ApidocComment comment =
        parse(
            """
            @apiExample {curl} A  call:
                curl -i http://localhost/
            @apiSuccessExample {JSON} Answer

               {
                 "a": 1

               }

            @apiHeaderExample
            Accept: text/plain
            @apiParamExample {text}
             x
            @apiErrorExample Title
             y
            """);
    assertEquals(List.of(), comment.mistakes());
    assertEquals(
        List.of(
            new Example(Subject.USAGE, "A call:", "curl", "curl -i http://localhost/"),
            new Example(Subject.SUCCESS, "Answer", "json", "{\n  \"a\": 1\n\n}"),
            new Example(Subject.HEADER, "", "json", "Accept: text/plain"),
            new Example(Subject.PARAMETER, "", "text", "x"),
            new Example(Subject.ERROR, "Title", "json", "y")),
        comment.wording().examples());
  }

  @Test
  void aTagOfOurOwnRotatesTheToken() {
    assertTrue(parse("@api {post} /login x\n@apiRotatesToken").routes().get(0).rotatesToken());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n\n",
        "An ordinary comment with an @api in its line.",
        "Mails go to me@api.example.com",
        "@param x\n@return y\n@apiNote careful\n@implSpec z",
        "@apiResponse of another tool\n@apiTags a",
        "@apiSampleRequest off\n@apiParamTitle (x) y",
        "@ {String}",
        "@1",
        "@"
      })
  void otherCommentsSayNothing(String comment) {
    assertTrue(parse(comment).isEmpty(), comment);
    assertEquals(List.of(), parse(comment).routes());
  }

  /** As text has them that was copied from a page or a word processor. */
  @ParameterizedTest
  @ValueSource(strings = {"\u00A0", "\u2003", "\u202F", "\u3000", "\uFEFF", " \u00A0\t"})
  void anySpaceOfUnicodeIsOne(String space) {
    ApidocComment comment =
        parse("@api {get} /x x\n _@apiHeader_(Session)_{String}_[auth-a=b]_c".replace("_", space));
    assertEquals(List.of(), comment.mistakes());
    FieldDeclaration field = comment.fields().headers().get(0);
    assertEquals("Session", field.group().value());
    assertEquals("auth-a", field.field().value());
    assertEquals("c", field.description());
  }

  /** A route whose read is lost would be called without a login. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@apiHeader {String} (Session) auth-a id",
        "@apiHeader {String} (config) key",
        "@apiHeader [Session] {String} auth-a id",
        "@apiHeader {Session} {String} auth-a id",
        "@apiHeader Session {String} auth-a id",
        "@apiHeader <Session> {String} auth-a id",
        "@apiHeader \"Session\": {String} auth-a id",
        "@apiSuccess [Session] {String} auth-a id",
        "@Header (Session) {String} auth-a id",
        "@ apiHeader (Session) {String} [auth-a] id",
        "apiHeader (session) [String] auth-a id",
        "@apiDescription who asks\n(Session) {String} auth-a id",
        "@apiHeader {String} Accept what\n(Session) {String} auth-a id",
        "@apiheaders (Session) {String} auth-a id",
        "- @apiHeader (Session) {String} auth-a id"
      })
  void aFieldOfTheContractInNoGroupIsAnError(String line) {
    List<Mistake> mistakes = parse("@api {get} /x x\n" + line).mistakes();
    assertEquals(List.of(Rule.APIDOC_SYNTAX), mistakes.stream().map(Mistake::rule).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@apiSuccess {Session} session who asks",
        "@apiSuccess {Session} [session] who asks",
        "@apiSuccess {Object} config of the page (Session) and more",
        "@apiHeader (Session)\n  {String} auth-a id",
        "@apiHeader\n  (Session) {String} auth-a id",
        "@apiDescription (Session) fields are read",
        "@apiIgnore (Session) {String} auth-a"
      })
  void aWordLikeTheGroupsIsNone(String line) {
    assertEquals(List.of(), parse("@api {get} /x x\n" + line).mistakes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"@apiIgnore not yet", "@apiPrivate", "@apiDefine Common things"})
  void aRouteCanBeLeftOut(String tag) {
    ApidocComment comment =
        parse("@api {get} / x\n" + tag + "\n@apiHeader (Session) {String} auth-a");
    assertTrue(comment.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          @api /articles List                     | 1:1  | the method in braces
          @api {} /articles List                  | 1:1  | the method in braces
          @api {get /articles List                | 1:1  | the method in braces
          @api {get}                              | 1:1  | needs a path
          @apiDefine                              | 1:1  | Write @apiDefine Name
          @apiUse                                 | 1:1  | Write @apiUse Name
          @apiUse Common                          | 1:9  | @apiDefine Common
          @apiSucess (Session) {String} auth-a    | 1:1  | Did you mean @apiSuccess?
          @apiHeaders (Session) {String} auth-a   | 1:1  | Did you mean @apiHeader?
          @apiheadr (Session) {String} auth-a     | 1:1  | Did you mean @apiHeader?
          @apiHeader (Session)                    | 1:1  | lacks the name
          @apiHeader (Session) {String}           | 1:1  | lacks the name
          @apiHeader (Session) [String]           | 1:1  | lacks the name
          @apiHeader (Session) {String} [=x]      | 1:1  | lacks the name
          @apiHeader (Session) {String} =x        | 1:1  | lacks the name
          @apiHeader (Session {String} auth-a     | 1:12 | has no ")"
          @apiHeader (Session) {String auth-a     | 1:22 | has no "}"
          @apiHeader (Session) {String{2..5} a    | 1:22 | has no "}"
          @apiHeader (Session) {String} {auth-a   | 1:31 | has no "}"
          @apiHeader (Session) {String} [auth-a   | 1:31 | has no "]"
          @apiHeader (Session) {} auth-a          | 1:22 | nothing between "{" and "}"
          @apiHeader (Session) {String} []        | 1:31 | nothing between "[" and "]"
          @apiHeader (Session) {String} { }       | 1:31 | nothing between "{" and "}"
          @apiHeader (Session) {String} [auth-a=] | 1:38 | default of "auth-a" is empty
          @apiHeader (Session) {String} [a=""]    | 1:33 | default of "a" is empty
          """)
  void whatCannotBeReadIsAMistakeWithItsPlaceAndMend(String comment, String place, String part) {
    List<Mistake> mistakes = parse(comment).mistakes();
    assertEquals(1, mistakes.size(), mistakes.toString());
    assertEquals(Rule.APIDOC_SYNTAX, mistakes.get(0).rule());
    assertEquals("comment:" + place, mistakes.get(0).at().toString());
    assertTrue(mistakes.get(0).message().contains(part), mistakes.get(0).message());
  }

  @Test
  void aFieldOfTheSessionBehindOtherTextIsNotLostInSilence() {
    List<Mistake> mistakes =
        parse("@api {get} /a x\nsee @apiHeader (Session) {String} auth-a\nor @apiName b")
            .mistakes();
    assertEquals(
        List.of(Rule.APIDOC_SYNTAX, Rule.APIDOC_TAG),
        mistakes.stream().map(Mistake::rule).toList());
    assertEquals("comment:2:5", mistakes.get(0).at().toString());
  }

  @Test
  void flasksParametersAreParameters() {
    ApidocComment comment = parse("@api {get} /sites/<site_id>/files/<path:rest> x");
    assertEquals(List.of(), comment.mistakes());
    assertEquals("/sites/{site_id}/files/{rest*}", comment.routes().get(0).path().value());
  }

  /** Documentation is not a contract: the rest of the comment is read, and the manifest written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          @api                            | APIDOC_UNREAD | 1:1  | is no route
          @api private                    | APIDOC_UNREAD | 1:1  | is no route
          @api {get} articles x           | APIDOC_PATH   | 1:12 | read as "/articles": a path begins with
          @api {get} /a?page=:page x      | APIDOC_PATH   | 1:12 | read as "/a": a query
          @api {get} /a/:id? x            | APIDOC_PATH   | 1:12 | read as "/a/{id}"
          @api {get} https://a.b:1/c/:d x | APIDOC_PATH   | 1:12 | read as "/c/{d}": a route has no host
          @api {get} http://a.b x         | APIDOC_PATH   | 1:12 | read as "/"
          @api {get} /a/:id(\\d+) x       | APIDOC_PATH   | 1:12 | read as "/a/{id}": a parameter is a whole
          @api {get} /a/:id.zip x         | APIDOC_PATH   | 1:12 | read as "/a/{id}"
          @api {get} /a/b-:id x           | APIDOC_PATH   | 1:12 | read as "/a/{id}"
          @api {get} /a/{id}.json x       | APIDOC_PATH   | 1:12 | read as "/a/{id}"
          @api {get} /a//b///:c// x       | APIDOC_PATH   | 1:12 | read as "/a/b/{c}/": a path has no empty
          @api {get} /a/<int:id> x        | APIDOC_PATH   | 1:12 | read as "/a/{id}": a parameter is a whole
          @api {get} /a/v<id>.zip x       | APIDOC_PATH   | 1:12 | read as "/a/{id}": a parameter is a whole
          @apiName                        | APIDOC_UNREAD | 1:1  | Write @apiName Name
          @apiSucess {String} a           | APIDOC_TAG    | 1:1  | Did you mean @apiSuccess?
          @apiName a @apiGroup b          | APIDOC_TAG    | 1:12 | does not begin its line
          @apiHeader                      | APIDOC_UNREAD | 1:1  | lacks the name
          @apiHeader () {String} a        | APIDOC_UNREAD | 1:12 | nothing between "(" and ")"
          @apiParam {String a             | APIDOC_UNREAD | 1:11 | has no "}"
          @apiParam {String} [a=] x       | APIDOC_UNREAD | 1:22 | default of "a" is empty
          @apiSuccessExample x            | APIDOC_UNREAD | 1:1  | lacks its example
          """)
  void whatOnlyDocumentsIsAWarning(String comment, Rule rule, String place, String part) {
    List<Mistake> mistakes = parse(comment).mistakes();
    assertEquals(1, mistakes.size(), mistakes.toString());
    assertEquals(rule, mistakes.get(0).rule());
    assertTrue(rule.warning());
    assertEquals("comment:" + place, mistakes.get(0).at().toString());
    assertTrue(mistakes.get(0).message().contains(part), mistakes.get(0).message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {Number} ids(max =10)     | ids
          {Number} ID页码            | ID
          {String} [name            | name
          {String} [name who]       | name
          {String} user.name: who   | user.name:
          (Ok 200 (fine) {String} a | a
          {String} 用户              | 用户
          """)
  void documentedNamesAreReadAsTheToolReadsThem(String line, String name) {
    ApidocComment comment = parse("@apiParam " + line.replace("\\n", "\n"));
    assertEquals(List.of(), comment.mistakes());
    assertEquals(name, comment.fields().parameters().get(0).field().value());
  }

  @Test
  void aDocumentedTypeMayTakeMoreLines() {
    ApidocComment comment = parse("@apiParam {String=\"a\",\n  \"b\"} name");
    assertEquals(List.of(), comment.mistakes());
    assertEquals("name", comment.fields().parameters().get(0).field().value());
  }

  /** What the tool takes for a tag is one here, wherever it stands. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@api {get} /a A\n* @apiHeader (Session) {String} auth-a",
        "@api {get} /a A\n * * ** @apiHeader (Session) {String} auth-a",
        "@api {get} /a A\n*@apiHeader (Session) {String} auth-a",
        "Lists all. @api {get} /a A\n@apiHeader (Session) {String} auth-a",
        "(@apiHeader (Session) {String} auth-a\n@api {get} /a A"
      })
  void aTagMayStandBehindStarsAndTheFirstBehindText(String text) {
    ApidocComment comment = parse(text);
    assertEquals(List.of(), comment.mistakes());
    assertEquals("/a", comment.routes().get(0).path().value());
    assertEquals("auth-a", comment.fields().headers().get(0).field().value());
  }

  @Test
  void aSessionFieldBehindAnotherTagIsAnError() {
    List<Mistake> mistakes =
        parse("@api {get} /a A @apiHeader (Session) {String} auth-a").mistakes();
    assertEquals(Rule.APIDOC_SYNTAX, mistakes.get(0).rule());
    assertEquals("comment:1:17", mistakes.get(0).at().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-a(x)", "auth-ä", "auth-a[b]", "auth-a,b"})
  void aSessionFieldIsNeverCutShort(String name) {
    ApidocComment comment = parse("@api {get} /a A\n@apiHeader (Session) {String} " + name);
    assertEquals(name, comment.fields().headers().get(0).field().value());
  }

  @Test
  void aBracketClosesOnItsOwnLine() {
    ApidocComment comment =
        parse("@api {get} / x\n@apiHeader (Session) {String\n@apiSuccess (Session) {String} a-b}");
    assertEquals("comment:2:22", comment.mistakes().get(0).at().toString());
    assertEquals(1, comment.fields().results().size());
    assertEquals(1, comment.routes().size());
  }

  @Test
  void aCommentMayHaveSeveralAddressesOfWhichTheLastHasItsName() {
    ApidocComment comment = parse("@api {get / put} /a x\n@api {get} /b y\n@apiName name");
    assertEquals(
        List.of("GetA GET /a x", "PutA PUT /a x", "name GET /b y"),
        comment.routes().stream()
            .map(
                route ->
                    String.join(
                        " ",
                        route.name().value(),
                        route.method().value(),
                        route.path().value(),
                        route.wording().title()))
            .toList());
    assertEquals(List.of(), comment.mistakes());
  }

  @Test
  void linesMayEndAsWindowsWritesThem() {
    ApidocComment comment =
        parse("@api {get} /a Title\r\n@apiName n\r\n@apiHeader (Session) {String} auth-a b\r\n");
    assertEquals("Title", comment.wording().title());
    assertEquals("n", comment.name().orElseThrow().value());
    assertEquals("b", comment.fields().headers().get(0).description());
  }
}
