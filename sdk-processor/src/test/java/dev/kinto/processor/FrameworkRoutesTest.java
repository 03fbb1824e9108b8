package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where frameworks look for their annotations: composed, inherited, shared ones (contract C15).
 * What is not known for certain is no route.
 */
class FrameworkRoutesTest {
  private static final String SPRING =
      """
      package p;
      import dev.kinto.annotations.*;
      import java.lang.annotation.*;
      import org.springframework.core.annotation.AliasFor;
      import org.springframework.web.bind.annotation.*;
      """;
  private static final String JAX_RS =
      "package p; import dev.kinto.annotations.*; import jakarta.ws.rs.*;\n";
  private static final String MICRONAUT =
      "package p; import dev.kinto.annotations.*; import io.micronaut.http.annotation.*;\n";
  private static final Pattern ROUTE =
      Pattern.compile("\"method\": \"(.*)\",\\s+\"path\": \"(.*)\",");

  private static Compiled compiled(String source) {
    return Compiled.of(List.of(JavaFileObjects.forSourceString("p.A", source)));
  }

  private static void assertRoutes(String source, String... routes) {
    Compiled compiled = compiled(source);
    assertEquals(List.of(), compiled.messages());
    List<String> found = new ArrayList<>();
    Matcher route =
        ROUTE.matcher(compiled.generated().getOrDefault("META-INF/kinto/shop.json", ""));
    while (route.find()) {
      found.add(route.group(1) + " " + route.group(2));
    }
    assertEquals(List.of(routes), found);
  }

  private static void assertUnclear(String source) {
    List<String> messages = compiled(source).messages();
    assertEquals(1, messages.size(), messages::toString);
    assertTrue(messages.get(0).contains("[KintoRouteUnclear]"), messages::toString);
  }

  @Test
  void exchangesOfSpringAreRoutesWhereAControllerHandlesThem() {
    String exchange =
        SPRING
            + """
            import org.springframework.web.service.annotation.*;
            @HttpExchange("/ignored") interface Far { @GetExchange("/far") String far(); }
            interface Api {
              @PostExchange(url = "/things/{id}", contentType = "application/json") String add();
              @HttpExchange(method = "PURGE", value = "/things") void purge();
            }
            @Microservice("shop") interface Client { @GetExchange("/client") String get(); }
            """;
    assertRoutes(
        exchange
            + """
            @RestController @RequestMapping("/shop") @Microservice("shop")
            class A implements Api {
              public String add() { return ""; }
              public void purge() {}
            }
            @RestController @HttpExchange("/own") @Microservice("shop")
            class B { @GetMapping("/mapped") void mapped() {} @DeleteExchange void delete() {} }
            """,
        "DELETE /own",
        "GET /own/mapped",
        "PURGE /shop/things",
        "POST /shop/things/{id}");
  }

  /** Without a prefix both are the root; with one a slash at the end counts in Spring. */
  @Test
  void pathsThatMeanTheSameAreOne() {
    assertRoutes(
        SPRING
            + "@Microservice(\"shop\") class A { @PostMapping({\"\", \"/\"}) void add() {}"
            + " @GetMapping({\"/x\", \"x\"}) void x() {} }",
        "POST /",
        "GET /x");
    assertUnclear(
        SPRING
            + "@RequestMapping(\"/u\") @Microservice(\"shop\") class A {"
            + " @PostMapping({\"\", \"/\"}) void add() {} }");
  }

  @Test
  void composedAnnotationsCarryTheirPathsAndAliases() {
    assertRoutes(
        SPRING
            + """
            @Retention(RetentionPolicy.RUNTIME) @RequestMapping(path = "/fixed", method = RequestMethod.GET) @interface Fixed {}
            @Retention(RetentionPolicy.RUNTIME) @RequestMapping(method = RequestMethod.GET) @interface Aliased {
              @AliasFor(annotation = RequestMapping.class, attribute = "path") String[] value() default {};
            }
            @Retention(RetentionPolicy.RUNTIME) @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE}) @Aliased("/twice") @interface Twice {}
            @Retention(RetentionPolicy.RUNTIME) @RequestMapping(method = RequestMethod.POST)
            @interface Posted {
              @AliasFor("path") String[] value() default {};
              @AliasFor(annotation = RequestMapping.class, attribute = "path") String[] path() default {};
            }
            @Retention(RetentionPolicy.RUNTIME) @RestController @RequestMapping @interface Api1 {
              @AliasFor(annotation = RequestMapping.class, attribute = "value") String at() default "/default";
            }
            @Microservice("shop") @Api1 class A {
              @Fixed void fixed() {}
              @Aliased("/aliased") void aliased() {}
              @Twice void twice() {}
              @Posted("/posted") void posted() {}
            }
            @Microservice("shop") @Api1(at = "/b") class B {
              @Fixed void fixedOfB() {}
            }
            """,
        "GET /b/fixed",
        "GET /default/aliased",
        "GET /default/fixed",
        "POST /default/posted",
        "GET /default/twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Spring 7 ignores a member that is no alias, releases before took it for one.
        "@RequestMapping(value = \"/x\", method = RequestMethod.GET) @interface M { String[] path()"
            + " default {}; } | @M(path = \"/y\")",
        "@RequestMapping(value = \"/x\", method = RequestMethod.GET) @interface M {"
            + " @AliasFor(annotation = RequestMapping.class) String[] path() default {}; } | @M",
        "@interface M {} | @GetMapping(\"${prefix}/x\")",
        "@interface M {} | @RequestMapping(\"/any-method\")",
      })
  void whatOnlySpringKnowsIsUnclear(String text) {
    String[] parts = text.split(" \\| ");
    assertUnclear(
        SPRING
            + "@Retention(RetentionPolicy.RUNTIME) "
            + parts[0]
            + "\n@Microservice(\"shop\") class A { "
            + parts[1]
            + " void a() {} }");
  }

  @Test
  void mappingsOfInterfacesAndSuperclassesAreTheClasses() {
    assertRoutes(
        SPRING
            + """
            interface Contract {
              @GetMapping("/read") @ApiHeader(group = "Session", field = "auth-userId") void read();
              @PutMapping("/default") default void byDefault() {}
            }
            abstract class Base<T> { @PostMapping("/base") void base(T body) {} }
            @Microservice("shop") @RestController @RequestMapping("/v1")
            class A extends Base<String> implements Contract {
              @Override public void read() { ASession.Read.read(name -> "1"); }
              @Override void base(String body) {}
            }
            """,
        "POST /v1/base",
        "PUT /v1/default",
        "GET /v1/read");
  }

  /** What stands on an interface of the microservice is counted where it is implemented. */
  @Test
  void aRouteOfAnInterfaceAndItsClassIsOne() {
    assertRoutes(
        JAX_RS
            + """
            @Microservice("shop") class Outer {
              @Path("/items") interface Contract {
                @GET @ApiHeader(group = "Session", field = "auth-userId") String list();
              }
              static class Items implements Contract { @Override public String list() { return ""; } }
              @Path("/alone") interface Alone { @GET String alone(); }
            }
            """,
        "GET /alone",
        "GET /items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Path(\"/sub\") public Object locator() { return this; }",
        "@GET @Path(\"{a: [^x]+}\") public void a() {}",
        "@GET @Path(\"{a: \\\\S+}\") public void a() {}",
        "@GET @Path(\"{a: .+}/b\") public void a() {}",
        "@GET @Path(\"{a: x(.|y)}\") public void a() {}",
        "@GET @Path(\"{a: [a-z/]+}\") public void a() {}",
        "@GET @Path(\"{a: [!-~]+}\") public void a() {}",
        "@Override @Produces(\"text/plain\") public void inherited() {}",
      })
  void whatMayMatchASlashOrIsNoMethodIsUnclear(String method) {
    assertUnclear(
        JAX_RS
            + "interface I { @GET default void inherited() {} }\n"
            + "@Microservice(\"shop\") @Path(\"/a\") class A "
            + (method.contains("inherited") ? "implements I " : "")
            + "{ "
            + method
            + " }");
  }

  @Test
  void expressionsThatCannotMatchASlashAreOneSegment() {
    assertRoutes(
        JAX_RS
            + """
            @Microservice("shop") @Path("/a") class A {
              @GET @Path("d/{a: \\\\d+}") void d() {}
              @GET @Path("e/{a: [^/]+}") void e() {}
              @GET @Path("f/{a: [a-z0-9_-]{1,3}|new}") void f() {}
              @GET @Path("g/{a : .+}") void g() {}
              /** Its routes are where it leads to. */
              @ApiIgnore @Path("h") Object h() { return this; }
            }
            """,
        "GET /a/d/{a}",
        "GET /a/e/{a}",
        "GET /a/f/{a}",
        "GET /a/g/{a*}");
  }

  /** Micronaut knows the methods of its own annotations only. */
  @Test
  void anAnnotationThatMicronautDoesNotKnowIsUnclear() {
    assertUnclear(
        MICRONAUT
            + """
            @HttpMethodMapping @interface Fetch { String value(); }
            @Microservice("shop") @Controller("/m") class A { @Fetch("/x") void a() {} }
            """);
  }

  @Test
  void handlersThatTheFrameworkTellsApartAreOneRoute() {
    assertRoutes(
        SPRING
            + """
            @Microservice("shop") class A {
              @PostMapping(path = "/same", consumes = "application/json")
              @ApiHeader(group = "Session", field = "auth-userId") void json() {}
              @PostMapping(path = "/same", consumes = "text/plain")
              @ApiHeader(group = "Session", field = "auth-userId") void text() {}
              @GetMapping(path = "/named", params = "a") @ApiName("named")
              @ApiHeader(group = "Session", field = "auth-userId") void first() {}
              @GetMapping(path = "/named", params = "!a") @ApiName("named") void second() {}
            }
            """,
        "GET /named",
        "POST /same");
  }
}
