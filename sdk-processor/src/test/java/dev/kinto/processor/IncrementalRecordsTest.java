package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compilations of some classes whose signatures mention generated records of earlier ones (contract
 * C17, decision 0006): javac 17 crashes over such records if nobody helps it.
 */
class IncrementalRecordsTest {
  private static final String BASKET =
      """
      package shop;
      import dev.kinto.annotations.*;
      import java.util.function.Function;
      @Microservice("shop")
      public class Basket {
        private BasketSession.Show last;
        @Api(method = "GET", path = "/basket")
        @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
        @ApiSuccess(group = "Session", field = "shop-basket")
        public void show(Function<String, String> headers) {
          last = BasketSession.Show.read(headers);
        }
        static long user(BasketSession.Show session) { return session.authUserId(); }
      }
      """;
  private static final String ORDER =
      """
      package shop;
      import dev.kinto.annotations.*;
      import java.util.function.Function;
      @Microservice("shop")
      public class Order {
        @Api(method = "POST", path = "/orders")
        @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
        @ApiHeader(group = "Session", field = "auth-plan", optional = true)
        public long order(OrderSession.Order session, Function<String, String> headers) {
          return session.authUserId() + Basket.user(BasketSession.Show.read(headers));
        }
      }
      """;

  @TempDir Path folder;
  private boolean sourcesApart = true;

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void anyOrderOfCompilationsGivesWhatACleanOneGives(int release) throws IOException {
    Jdk jdk = Jdk.ofRelease(release);
    write("Basket", BASKET);
    write("Order", ORDER);
    assertEquals("", compile(jdk, "out", "Basket", "Order"));
    assertEquals("", compile(jdk, "out", "Basket"));
    assertEquals("", compile(jdk, "out", "Order"));
    write("Order", ORDER.replace("\"auth-plan\", optional = true", "\"auth-plan\""));
    assertEquals("", compile(jdk, "out", "Order"));
    write("Basket", BASKET.replace("type = \"Number\"", "type = \"Number{1..}\""));
    assertEquals("", compile(jdk, "out", "Order", "Basket"));
    assertEquals("", compile(jdk, "clean", "Basket", "Order"));
    assertEquals(generated("clean"), generated("out"));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void anErrorAndItsMendAreFollowedByAnyCompilation(int release) throws IOException {
    Jdk jdk = Jdk.ofRelease(release);
    write("Basket", BASKET);
    write("Order", ORDER);
    assertEquals("", compile(jdk, "out", "Basket", "Order"));
    write("Basket", BASKET.replace("shop-basket", "basket"));
    assertMentions("KintoFieldPrefix", compile(jdk, "out", "Basket"));
    assertEquals("", compile(jdk, "out", "Order"));
    write("Basket", BASKET);
    assertEquals("", compile(jdk, "out", "Basket"));
    // An error that javac finds after the processor has done its work.
    write("Order", ORDER.replace("session.authUserId()", "session.missing()"));
    assertMentions("cannot find symbol", compile(jdk, "out", "Basket", "Order"));
    write("Order", ORDER);
    assertEquals("", compile(jdk, "out", "Order"));
    assertEquals("", compile(jdk, "out", "Basket"));
    assertEquals("", compile(jdk, "clean", "Basket", "Order"));
    assertEquals(generated("clean"), generated("out"));
  }

  /** Without -s, generated sources lie among the class files, and so on the class path. */
  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void theSameWithSourcesAmongTheClasses(int release) throws IOException {
    Jdk jdk = Jdk.ofRelease(release);
    sourcesApart = false;
    write("Basket", BASKET);
    write("Order", ORDER);
    assertEquals("", compile(jdk, "out", "Basket", "Order"));
    write("Basket", BASKET.replace("shop-basket", "basket"));
    assertMentions("KintoFieldPrefix", compile(jdk, "out", "Basket", "Order"));
    write("Basket", BASKET);
    assertEquals("", compile(jdk, "out", "Basket"));
    // An error that javac finds after the sources were written, mended with other fields.
    write("Basket", BASKET.replace("headers);", "missing);"));
    write("Order", ORDER.replace("session.authUserId()", "session.missing()"));
    assertMentions("cannot find symbol", compile(jdk, "out", "Basket", "Order"));
    write("Basket", BASKET.replace("\"Number\")", "\"Number\", description = \"who it is\")"));
    write("Order", ORDER.replace("\"auth-plan\", optional = true", "\"auth-plan\""));
    assertEquals("", compile(jdk, "out", "Basket", "Order"));
    assertEquals("", compile(jdk, "out", "Order"));
    assertEquals("", compile(jdk, "clean", "Basket", "Order"));
    assertEquals(generated("clean"), generated("out"));
  }

  @Test
  void theComponentsOfARecordCanBeEmptied() throws Exception {
    byte[] bytes;
    try (var in = Sample.class.getResourceAsStream("IncrementalRecordsTest$Sample.class")) {
      bytes = in.readAllBytes();
    }
    Class<?> emptied =
        new ClassLoader(getClass().getClassLoader()) {
          Class<?> define(byte[] file) {
            return defineClass(Sample.class.getName(), file, 0, file.length);
          }
        }.define(RecordClassFile.withoutComponents(bytes));
    assertEquals(0, emptied.getRecordComponents().length);
    assertEquals(2, emptied.getDeclaredFields().length);
    assertEquals(long.class, emptied.getDeclaredMethod("first").getReturnType());
  }

  /** A class file with constants of two entries. */
  private record Sample(long first, double second) {
    long sum() {
      return first + 123_456_789_012L + (long) (second * 1.25e40);
    }
  }

  private static void assertMentions(String words, String said) {
    assertTrue(said.contains(words), said);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".java"), text);
  }

  private String compile(Jdk jdk, String target, String... names) throws IOException {
    Path out = Files.createDirectories(folder.resolve(target));
    Path sources = Files.createDirectories(folder.resolve(target + "-sources"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-d", out.toString()));
    arguments.addAll(sourcesApart ? List.of("-s", sources.toString()) : List.of());
    arguments.addAll(List.of("-processorpath", Jdk.processorPath()));
    arguments.addAll(List.of("-cp", Jdk.annotations() + File.pathSeparator + out));
    for (String name : names) {
      arguments.add(folder.resolve(name + ".java").toString());
    }
    return jdk.javac(folder, arguments);
  }

  private Map<String, String> generated(String target) throws IOException {
    Path root = folder.resolve(target);
    Path sources = folder.resolve(target + "-sources");
    try (Stream<Path> files = Stream.concat(Files.walk(root), Files.walk(sources))) {
      return Sources.textsIn(
              folder.resolve(target),
              files
                  .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".class"))
                  .toList())
          .entrySet()
          .stream()
          .collect(
              java.util.stream.Collectors.toMap(
                  entry -> entry.getKey().replace(target + "-sources", "sources"),
                  Map.Entry::getValue));
    }
  }
}
