package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/**
 * The stubs that kapt of Kotlin 2.3.21 writes for functions with copies of themselves, shortened. A
 * test of the examples has kapt itself write them.
 */
class KotlinTest {
  private static final Pattern ROUTE =
      Pattern.compile("\"method\": \"(.*)\",\\s+\"path\": \"(.*)\",");
  private static final List<JavaFileObject> KOTLIN =
      List.of(
          JavaFileObjects.forSourceString(
              "kotlin.Metadata",
              "package kotlin; public @interface Metadata { int k() default 1; }"),
          JavaFileObjects.forSourceString(
              "kotlin.jvm.JvmStatic", "package kotlin.jvm; public @interface JvmStatic {}"),
          JavaFileObjects.forSourceString(
              "kotlin.jvm.JvmOverloads", "package kotlin.jvm; public @interface JvmOverloads {}"));

  private static void assertRoutes(String stub, String... routes) {
    List<JavaFileObject> sources = new ArrayList<>(KOTLIN);
    sources.add(
        JavaFileObjects.forSourceString(
            "p.A",
            "package p; import dev.kinto.annotations.*; import kotlin.Metadata; import"
                + " kotlin.jvm.*;\n"
                + stub));
    Compiled compiled = Compiled.of(sources);
    assertEquals(List.of(), compiled.messages());
    List<String> found = new ArrayList<>();
    Matcher route =
        ROUTE.matcher(compiled.generated().getOrDefault("META-INF/kinto/hello.json", ""));
    while (route.find()) {
      found.add(route.group(1) + " " + route.group(2));
    }
    assertEquals(List.of(routes), found);
  }

  @Test
  void aFunctionOfACompanionIsAlsoAStaticMethodOfItsClass() {
    assertRoutes(
        """
        @Metadata @Microservice("hello") final class A {
          public static final A.Companion Companion = null;
          @JvmStatic @Api(method = "GET", path = "/static")
          @ApiHeader(group = "Session", field = "auth-userId")
          static final String read() { return ASession.Read.read(name -> "1").authUserId(); }
          @Metadata static final class Companion {
            @JvmStatic @Api(method = "GET", path = "/static")
            @ApiHeader(group = "Session", field = "auth-userId")
            final String read() { return null; }
            @Api(method = "GET", path = "/companion") final String own() { return null; }
          }
        }
        """,
        "GET /companion",
        "GET /static");
  }

  @Test
  void defaultMethodsAreCopiedIntoDefaultImplsAndIntoClasses() {
    assertRoutes(
        """
        @Metadata @Microservice("hello") interface A {
          @Api(method = "GET", path = "/default") default String read() { return null; }
          @Metadata(k = 3) static final class DefaultImpls {
            @Deprecated @Api(method = "GET", path = "/default")
            static String read(A self) { return null; }
          }
        }
        @Metadata @Microservice("hello") final class B implements A {
          @Override @Api(method = "GET", path = "/default") public String read() { return null; }
        }
        @Metadata final class OfNoMicroservice implements A {
          @Override @Api(method = "GET", path = "/default") public String read() { return null; }
        }
        """,
        "GET /default");
  }

  /** {@code @file:Microservice("hello")} stands on the class that holds a file's functions. */
  @Test
  void functionsOfAFileAreStaticMethodsOfItsClass() {
    assertRoutes(
        """
        @Metadata(k = 2) @Microservice("hello") final class AKt {
          @Api(method = "GET", path = "/top")
          @ApiHeader(group = "Session", field = "auth-userId")
          public static final String top() { return AKtSession.Top.read(name -> "1").authUserId(); }
          /** @api {put} /commented In a comment */
          public static final void commented() {}
        }
        """,
        "PUT /commented",
        "GET /top");
  }

  @Test
  void overloadsForDefaultArgumentsAreOneFunction() {
    assertRoutes(
        """
        @Metadata @Microservice("hello") final class A {
          @Api(method = "GET", path = "/a") @JvmOverloads final String a() { return null; }
          @Api(method = "GET", path = "/a") @JvmOverloads final String a(String x) { return null; }
          @Api(method = "GET", path = "/a") @JvmOverloads
          final String a(String x, int y) { return null; }
          @Api(method = "GET", path = "/b") @ApiName("other") @JvmOverloads
          final String a(int x) { return null; }
        }
        """,
        "GET /a",
        "GET /b");
  }
}
