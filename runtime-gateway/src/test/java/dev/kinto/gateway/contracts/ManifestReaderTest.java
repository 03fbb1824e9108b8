package dev.kinto.gateway.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.Documentation;
import dev.kinto.manifest.DocumentedField;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import dev.kinto.manifest.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's reading of manifests (contract C12, C42). */
class ManifestReaderTest {

  private static List<String> problems(String json) {
    return assertThrows(InvalidManifestException.class, () -> ManifestReader.read(json))
        .problems()
        .stream()
        .map(ManifestProblem::toString)
        .toList();
  }

  /** A manifest of {@code auth} whose only route is the given members of a JSON object. */
  private static String route(String members) {
    return "{\"manifestVersion\": 1, \"microservice\": \"auth\", \"routes\": [{" + members + "}]}";
  }

  private static final String LOGIN =
      "\"method\": \"POST\", \"path\": \"/login\", \"name\": \"login\"";

  /** What the parser says of itself helps nobody. */
  @Test
  void aBrokenFileIsToldInPlainWords() {
    assertEquals(
        List.of("line 1, column 9: not JSON: Unexpected close marker '}': expected ']'"),
        problems("{\"a\": [ }"));
    assertEquals(List.of("the file is empty; a manifest is wanted."), problems(""));
  }

  /** C12: what is written is read again, all of it. */
  @Test
  void aWrittenManifestIsReadAsItWas() throws Exception {
    Route login =
        new Route(
            "POST",
            PathTemplate.parse("/login/{realm}"),
            "login",
            "Log in \"here\"",
            "Auth",
            "Words\nin two lines, with ümlaut",
            List.of(
                new SessionRead(
                    new FieldName("auth-plan"),
                    FieldType.parse("String=\"free\",\"pro\""),
                    false,
                    Optional.of("free"),
                    "the plan"),
                new SessionRead(
                    new FieldName("shop-id"),
                    FieldType.parse("Number{1-10}"),
                    true,
                    Optional.empty(),
                    "")),
            List.of(
                new SessionWrite(
                    new FieldName("auth-userId"), FieldType.parse("Number"), true, "id")),
            List.of(new ConfigRead(new FieldName("githubToken"), true, "token")),
            true,
            new Documentation(
                Version.parse("1.2.0"),
                List.of("admin", "writer"),
                Optional.of(""),
                List.of(field("Header", "Accept", "String", true)),
                List.of(
                    field("Body", "user", "Object", false),
                    field("Body", "user.born", "Date{yyyy}", true),
                    field("Url", "realm", "Number{1..}", false)),
                List.of(field("200", "id", "Number", false), field("2xx", "at", "Date", true)),
                List.of(field("404", "error", "String=\"a\",\"b\"", false)),
                List.of(
                    new Example(Example.Subject.USAGE, "With curl", "bash", "curl -i"),
                    new Example(Example.Subject.ERROR, "", "json", "{\n}"))));
    Manifest manifest = new Manifest(new MicroserviceName("auth"), List.of(login));
    assertEquals(List.of(), ManifestSchema.problems(manifest.toJson()));
    assertEquals(manifest, ManifestReader.read(manifest.toJson()));
  }

  /** C9: whoever wrote it, nothing that is named like a session field only documents. */
  @ParameterizedTest
  @CsvSource({
    "headers,Auth_userId,Header",
    "results,auth-userId,200",
    "errors,auth-userId,404",
    "parameters,auth-userId,QueryString"
  })
  void aFieldOfTheOwnSessionSpaceIsReadOrSet(String list, String field, String group) {
    String groups = list.equals("headers") ? "" : "\"group\": \"" + group + "\", ";
    List<String> problems =
        problems(
            route(
                LOGIN
                    + ", \"%s\": [{%s\"field\": \"%s\", \"type\": \"Number\"}]"
                        .formatted(list, groups, field)));
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(
        problems.get(0).startsWith("/routes/0/" + list + "/0/field: [KintoSessionSpace] "),
        problems::toString);
  }

  private static DocumentedField field(String group, String name, String type, boolean optional) {
    Optional<String> defaultValue = optional ? Optional.of("x") : Optional.empty();
    return new DocumentedField(group, name, type, optional, defaultValue, "words");
  }

  /** What is only documented is as strict as the rest, each with its pointer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version": 1                                                                | /version
          "permissions": ["a", 1]                                                     | /permissions
          "permissions": "admin"                                                      | /permissions
          "deprecated": true                                                          | /deprecated
          "headers": [{"field": "a", "type": "String", "group": "Header"}]            | /headers/0/group
          "parameters": [{"field": "a", "type": "String"}]                            | /parameters/0/group
          "parameters": [{"group": "Query", "field": "a", "type": "String"}]          | /parameters/0/group
          "results": [{"group": "Session", "field": "auth-x", "type": "String"}]      | /results/0/group
          "errors": [{"group": "404", "field": "a", "type": "String", "required": true}] | /errors/0/required
          "errors": [{"group": "404", "type": "String"}]                              | /errors/0/field
          "examples": [{"of": "body", "type": "json", "content": "{}"}]               | /examples/0/of
          "examples": [{"of": "success", "content": "{}"}]                            | /examples/0/type
          """)
  void whatIsOnlyDocumentedIsReadStrictlyToo(String member, String pointer) {
    List<String> problems = problems(route(LOGIN + ", " + member));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/routes/0" + pointer + ": "), problems.toString());
  }

  /** Documentation is not a contract: a gateway serves what it describes all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\": \"1.0\"",
        "\"headers\": [{\"field\": \"a b\", \"type\": \"String\"}]",
        "\"parameters\": [{\"group\": \"Url\", \"field\": \"a\", \"type\": \"String\"}]",
        "\"parameters\": [{\"group\": \"Body\", \"field\": \"a\", \"type\": \"String{5}\"}]"
      })
  void whatIsWrongInDocumentationKeepsNoManifestOut(String member) throws Exception {
    assertEquals(1, ManifestReader.read(route(LOGIN + ", " + member)).routes().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"manifestVersion\": 2, \"microservice\": \"auth\", \"routes\": []}",
        "{\"manifestVersion\": 1.5, \"microservice\": \"auth\", \"routes\": []}",
        "{\"manifestVersion\": \"1\", \"microservice\": \"auth\", \"routes\": []}",
        "[]",
        "null",
        "1",
      })
  void onlyTheKnownVersionIsRead(String json) {
    List<String> problems = problems(json);
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/manifestVersion: "), problems.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\": 1, \"a\": 2}", "{} {}", "nonsense", "{\"a\": 1,}"})
  void whatIsNotJsonIsSaidWithItsPlace(String json) {
    List<String> problems = problems(json);
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("manifest") || problems.get(0).contains("line "), json);
  }

  /** C42: all at once, each with a JSON pointer. */
  @Test
  void everyMistakeIsReportedAtOnceWithItsPointer() {
    List<String> problems =
        problems(
            """
            {
              "manifestVersion": 1,
              "microservice": "auth",
              "extra": true,
              "routes": [
                {"method": "POST", "path": "login", "name": "login", "titel": "x"},
                {"path": "/a", "name": 7, "method": "GET", "rotatesToken": "yes"},
                {"method": "GET", "path": "/b", "name": "b",
                 "reads": [{"type": "String", "required": "no"}],
                 "writes": [{"field": "auth id", "type": "String{9..1}"}],
                 "config": ["key"]}
              ]
            }
            """);
    for (String pointer :
        List.of(
            "/extra",
            "/routes/0/path",
            "/routes/0/titel",
            "/routes/1/name",
            "/routes/1/rotatesToken",
            "/routes/2/reads/0/field",
            "/routes/2/reads/0/required",
            "/routes/2/writes/0/field",
            "/routes/2/writes/0/type",
            "/routes/2/config/0")) {
      assertEquals(
          1,
          problems.stream().filter(problem -> problem.startsWith(pointer + ":")).count(),
          pointer + " in " + String.join("\n", problems));
    }
    assertEquals(10, problems.size(), String.join("\n", problems));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Auth\"", "\"a b\"", "\"\"", "\"kinto\"", "7"})
  void aMicroservicesNameIsChecked(String name) {
    List<String> problems =
        problems("{\"manifestVersion\": 1, \"microservice\": " + name + ", \"routes\": []}");
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/microservice: "), problems.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "7", "\"x\""})
  void whatMustBeAListIsOne(String value) {
    String json = "{\"manifestVersion\": 1, \"microservice\": \"auth\", \"routes\": %s}";
    assertEquals(
        List.of("/routes: a list is wanted. Found: " + value), problems(json.formatted(value)));
    assertEquals(
        List.of("/routes/0/reads: a list is wanted. Found: " + value),
        problems(route(LOGIN + ", \"reads\": " + value)));
  }

  @Test
  void aManifestWithoutRoutesIsCutShort() {
    assertEquals(
        List.of("/routes: is missing"),
        problems("{\"manifestVersion\": 1, \"microservice\": \"auth\"}"));
  }

  /** C11, C21: methods compare as they are, and CONNECT and TRACE are never forwarded. */
  @ParameterizedTest
  @ValueSource(strings = {"get", "", "GET POST", "G\\u00c9T", "CONNECT", "TRACE"})
  void aMethodIsAnUpperCaseToken(String method) {
    List<String> problems =
        problems(route("\"method\": \"" + method + "\", \"path\": \"/x\", \"name\": \"x\""));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/routes/0/method: "), problems.toString());
  }

  /** C11: duplicates are templates of one method that are equal up to parameter names. */
  @ParameterizedTest
  @CsvSource({"/a/{id},/a/{name}", "/a,/a", "/{a}/{b*},/{c}/{d*}"})
  void twoRoutesOfOneMethodAndShapeAreRefused(String first, String second) {
    String json =
        route(
            "\"method\": \"GET\", \"path\": \"%s\", \"name\": \"x\"}, {\"method\": \"GET\", \"path\": \"%s\", \"name\": \"y\""
                .formatted(first, second));
    List<String> problems = problems(json);
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/routes/1/path: "), problems.toString());
  }

  @Test
  void twoRoutesOfOneNameAreRefused() {
    String json =
        route(LOGIN + "}, {\"method\": \"GET\", \"path\": \"/other\", \"name\": \"login\"");
    List<String> problems = problems(json);
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/routes/1/name: "), problems.toString());
  }

  /** C2: two writes that fold alike, in one route or in two. */
  @Test
  void twoSpellingsOfOneFieldAreRefused() {
    String field = "{\"field\": \"%s\", \"type\": \"String\"}";
    String writes =
        "\"writes\": ["
            + field.formatted("auth-user_id")
            + ", "
            + field.formatted("auth-user-id")
            + "]";
    List<String> problems = problems(route(LOGIN + ", " + writes));
    assertTrue(
        problems.stream().allMatch(problem -> problem.startsWith("/routes/0/writes/")),
        problems.toString());
    assertTrue(problems.toString().contains("[KintoFieldAlias]"), problems.toString());
  }

  @Test
  void aFieldThatARouteWritesTwiceIsRefused() {
    String field = "{\"field\": \"auth-userId\", \"type\": \"String\"}";
    List<String> problems = problems(route(LOGIN + ", \"writes\": [" + field + ", " + field + "]"));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/routes/0/writes/"), problems.toString());
  }

  /** C9: not kinto-*, and no hop-by-hop, framing, routing or credential field. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kinto-client-id",
        "Kinto_Access",
        "Host",
        "transfer-encoding",
        "cookie",
        "auth-x"
      })
  void aConfigurationValueMayNotTakeTheNameOfAFieldThatMeansSomething(String name) {
    List<String> problems =
        problems(
            route(LOGIN + ", \"config\": [{\"field\": \"" + name + "\", \"required\": true}]"));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith("/routes/0/config/0/field: "), problems.toString());
  }

  /** C3: no registered field, in any spelling that folds to it. */
  @ParameterizedTest
  @ValueSource(strings = {"content-type", "Content-Type", "content_type"})
  void aRegisteredFieldIsNobodysSession(String name) {
    String json =
        "{\"manifestVersion\": 1, \"microservice\": \"content\", \"routes\": [{"
            + LOGIN
            + ", \"writes\": [{\"field\": \""
            + name
            + "\", \"type\": \"String\"}]}]}";
    List<String> problems = problems(json);
    assertTrue(problems.get(0).startsWith("/routes/0/writes/0/field: "), problems.toString());
  }
}
