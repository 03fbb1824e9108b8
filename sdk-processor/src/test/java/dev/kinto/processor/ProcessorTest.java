package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.JavaFileObjects;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/**
 * How the processor behaves in a compilation: several rounds, other processors, errors (C16, C17).
 */
class ProcessorTest {
  private static final String IMPORTS =
      """
      package p;
      import dev.kinto.annotations.*;
      import io.helidon.webserver.http.*;
      """;

  private static JavaFileObject source(String name, String body) {
    return JavaFileObjects.forSourceString("p." + name, IMPORTS + body);
  }

  @Test
  void reportsAllMistakesOfAllClassesInOneRunAndNoneTwice() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "B",
                    """
                    @Microservice("b")
                    interface B {
                      @Api(method = "GET", path = "x") void a();
                      @Api(method = "GET", path = "/y") void a(int overload);
                    }
                    """),
                source(
                    "A",
                    """
                    @Microservice("a")
                    interface A {
                      /** @apiHeader (Session) {String oops */
                      @Api(method = "GET", path = "/")
                      @ApiSuccess(group = "Session", field = "b-x") void a();
                    }
                    """),
                source(
                    "C",
                    """
                    @Microservice("b")
                    interface C {
                      @Api(method = "GET", path = "/y") void c();
                      @ApiName("x") void d();
                    }
                    """)));
    assertEquals(
        List.of(
            "A KintoApidocSyntax",
            "A KintoFieldPrefix",
            "B KintoPath",
            "B KintoRouteName",
            "C KintoRouteDuplicate",
            "C KintoRouteMissing"),
        compiled.messages().stream()
            .map(message -> message.replaceFirst("(?s)\\.java:.*\\[(\\w+)].*", " $1"))
            .sorted()
            .toList(),
        compiled.messages()::toString);
  }

  @Test
  void aBadRouteDoesNotTakeTheAccessorsOfGoodOnesWithIt() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "Handlers",
                    """
                    @Microservice("articles")
                    class Handlers {
                      @Api(method = "GET", path = "oops")
                      @ApiHeader(group = "Session", field = "auth-userId")
                      void bad(ServerRequest request, ServerResponse response) {}
                      @Api(method = "GET", path = "/good")
                      @ApiHeader(group = "Session", field = "auth-userId")
                      void good(ServerRequest request, ServerResponse response) {}
                    }
                    """),
                source(
                    "User", "class User { HandlersSession.Good good; ArticlesRoutes routes; }")));
    assertEquals(1, compiled.messages().size(), compiled.messages()::toString);
    assertTrue(compiled.messages().get(0).contains("[KintoPath]"));
  }

  @Test
  void waitsForAConstantThatAnotherProcessorGenerates() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "Handlers",
                    """
                    @Microservice(Names.SERVICE)
                    interface Handlers {
                      @Api(method = "GET", path = "/")
                      @ApiHeader(group = "Session", field = Names.FIELD)
                      void home();
                    }
                    """)),
            new GeneratingProcessor(
                "p.Names",
                """
                package p;
                interface Names {
                  String SERVICE = "articles";
                  String FIELD = "auth-userId";
                }
                """));
    assertEquals(List.of(), compiled.messages());
    assertTrue(
        compiled.generated().get("META-INF/kinto/articles.json").contains("\"auth-userId\""));
  }

  @Test
  void leavesAnUnknownConstantToJavac() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "Handlers",
                    """
                    @Microservice("articles")
                    interface Handlers {
                      @Api(method = "GET", path = Names.PATH) void home();
                      @Api(method = "GET") void incomplete();
                    }
                    """)));
    assertFalse(compiled.messages().isEmpty());
    assertFalse(
        compiled.messages().stream().anyMatch(message -> message.contains("[Kinto")),
        compiled.messages()::toString);
  }

  private static final JavaFileObject EARLY =
      source(
          "Early",
          """
          @Microservice("articles")
          class Early {
            @Api(method = "GET", path = "/early")
            void early(ServerRequest request, ServerResponse response) {}
          }
          """);

  @Test
  void readsClassesThatAnotherProcessorGenerates() {
    Compiled compiled =
        Compiled.of(
            List.of(EARLY),
            new GeneratingProcessor(
                "p.Late",
                IMPORTS
                    + """
                    @Microservice("articles")
                    interface Late {
                      @Api(method = "GET", path = "/late")
                      @ApiHeader(group = "Session", field = "auth-userId")
                      void late();
                    }
                    """));
    assertEquals(List.of(), compiled.messages());
    Map<String, String> generated = compiled.generated();
    assertTrue(generated.containsKey("p/LateSession.java"));
    assertTrue(generated.get("META-INF/kinto/articles.json").contains("\"/late\""));
    assertTrue(generated.get("META-INF/kinto/articles.json").contains("\"/early\""));
  }

  @Test
  void refusesHelidonHandlersThatComeAfterTheirServiceIsWritten() {
    Compiled compiled =
        Compiled.of(
            List.of(EARLY),
            new GeneratingProcessor(
                "p.Late",
                IMPORTS
                    + """
                    @Microservice("articles")
                    class Late {
                      @Api(method = "GET", path = "/late")
                      void late(ServerRequest request, ServerResponse response) {}
                    }
                    """));
    assertEquals(1, compiled.messages().size(), compiled.messages()::toString);
    assertTrue(
        compiled.messages().get(0).startsWith("Late.java:7:8: [KintoRouteLate] Late "),
        compiled.messages()::toString);
  }

  @Test
  void saysAMistakeOnceInSeveralRounds() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "Early",
                    """
                    @Microservice("articles")
                    interface Early {
                      @Api(method = "GET", path = "oops") void early();
                    }
                    """)),
            new GeneratingProcessor(
                "p.Late",
                IMPORTS
                    + """
                    @Microservice("articles")
                    interface Late {
                      @Api(method = "GET", path = "/late") void late();
                    }
                    """));
    assertEquals(1, compiled.messages().size(), compiled.messages()::toString);
    assertTrue(compiled.messages().get(0).startsWith("Early.java:6:31: [KintoPath]"));
  }

  /** The signatures are those of Helidon, Servlet, Spring, JAX-RS and Micronaut (contract C13). */
  @Test
  void accessorsFitTheHeadersOfEveryFramework() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "Handlers",
                    """
                    @Microservice("auth")
                    class Handlers {
                      interface Servlet {
                        String getHeader(String name);
                        void setHeader(String name, String value);
                      }
                      interface Spring {
                        String getFirst(String name);
                        void set(String name, String value);
                        void set(String name, java.util.List<String> values);
                      }
                      interface JaxRs {
                        String getHeaderString(String name);
                        JaxRs header(String name, Object value);
                      }
                      interface Micronaut {
                        String get(CharSequence name);
                        <T> java.util.Optional<T> get(CharSequence name, Class<T> type);
                        Micronaut header(CharSequence name, CharSequence value);
                      }
                      @Api(method = "GET", path = "/")
                      @ApiHeader(group = "Session", field = "auth-userId")
                      @ApiSuccess(group = "Session", field = "auth-userId")
                      void home(
                          ServerRequest request, ServerResponse response,
                          Servlet servlet, Spring spring, JaxRs jaxRs, Micronaut micronaut) {
                        HandlersSession.Home.read(
                            name ->
                                request.headers()
                                    .first(io.helidon.http.HeaderNames.create(name))
                                    .orElse(null));
                        HandlersSession.Home.read(servlet::getHeader);
                        HandlersSession.Home.read(spring::getFirst);
                        HandlersSession.Home.read(jaxRs::getHeaderString);
                        HandlersSession.Home.read(micronaut::get);
                        HandlersSession.HomeWriter.to(response::header);
                        HandlersSession.HomeWriter.to(servlet::setHeader);
                        HandlersSession.HomeWriter.to(spring::set);
                        HandlersSession.HomeWriter.to(jaxRs::header);
                        HandlersSession.HomeWriter.to(micronaut::header);
                      }
                    }
                    """)));
    assertEquals(List.of(), compiled.messages());
  }

  @Test
  void saysNothingOfClassesThatAreNoConcernOfIts() {
    Compiled compiled =
        Compiled.of(
            List.of(
                source(
                    "Plain",
                    "/** The api of nobody. */ class Plain { /** @api oops */ void x() {} }"),
                EARLY));
    assertEquals(List.of(), compiled.messages());
  }

  /** C10: the apidoc tool reads what stands over a package, or anywhere in its source. */
  @Test
  void commentsOfAPackageAreNamed() {
    String comments =
        """
        /** @api {get} /loose Before another comment */
        /**
         * @api {get} /package On the package
         * @apiHeader (Session) {String} auth-userId who asks
         */
        """;
    assertEquals(
        List.of("3 KintoCommentPlace: a package", "7 KintoCommentPlace: a comment (line 1)"),
        saidOfPackage(comments + "@dev.kinto.annotations.Microservice(\"p\")\npackage p;"));
    assertEquals(List.of("4 KintoMicroserviceMissing: "), saidOfPackage(comments + "\npackage p;"));
    assertEquals(
        List.of("1 KintoMicroserviceUnnamed: "),
        saidOfPackage("/** @api {get} /package On the package */\npackage p;"));
    assertEquals(List.of(), saidOfPackage("/** @apiIgnore @api {get} /no Not here */\npackage p;"));
  }

  private static List<String> saidOfPackage(String packageInfo) {
    return Compiled.of("p.package-info", packageInfo).messages().stream()
        .map(
            message ->
                message.replaceFirst(
                    "(?s)^package-info.java:(\\d+):.*\\[(\\w+)]"
                        + "(?:.* of (a package):.*|.* in (a comment \\(line 1\\)).*|.*)",
                    "$1 $2: $3$4"))
        .toList();
  }

  /** C10: a class file has no comments, so no definition would outlast a compilation. */
  @Test
  void aDefinitionInAnotherCommentIsNoneForJavadoc() {
    List<String> said =
        Compiled.of(
                List.of(
                    source(
                        "A",
                        """
                        /** @apiDefine Login
                         * @apiHeader (Session) {String} auth-userId who asks */
                        @Microservice("a")
                        interface A {
                          /** @api {get} /x X
                           * @apiUse Login */
                          void x();
                        }
                        """)))
            .messages();
    assertEquals(1, said.size(), said::toString);
    assertTrue(
        said.get(0)
            .contains(
                "[KintoApidocSyntax] Each comment is read by itself here, so that @apiDefine Login"
                    + " is not seen, wherever it stands. Write its fields into this comment"),
        said::toString);
  }

  /** Maven's own default is Java 8, where the errors would be about records that nobody wrote. */
  @Test
  void saysOnceThatTheReleaseIsTooOld() {
    List<JavaFileObject> sources =
        List.of(
            source("A", "@Microservice(\"a\") interface A { " + route("/x") + "}"),
            source("B", "@Microservice(\"a\") interface B { " + route("/y") + "}"));
    List<String> said = Compiled.of(List.of("--release", "11"), sources).messages();
    assertEquals(1, said.size(), said::toString);
    assertTrue(
        said.get(0).startsWith("A.java:4:20: [KintoJavaRelease] ")
            && said.get(0).contains(" compiled as Java 11. Raise it to 17: in Maven "),
        said::toString);
    assertEquals(List.of(), Compiled.of(List.of("--release", "17"), sources).messages());
  }

  private static String route(String path) {
    return "@Api(method = \"GET\", path = \"%s\")".formatted(path)
        + "@ApiHeader(group = \"Session\", field = \"auth-userId\") void "
        + path.substring(1)
        + "(); ";
  }
}
