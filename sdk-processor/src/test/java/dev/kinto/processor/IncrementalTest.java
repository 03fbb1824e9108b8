package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compilation of what changed gives what a compilation of everything gives (contract C17), if the
 * output folder is on the class path, as build tools have it.
 */
class IncrementalTest {
  private static final String HANDLER =
      """
      package shop;
      import dev.kinto.annotations.*;
      import io.helidon.webserver.http.*;
      %s
      public class %s {
        /** %s */
        %s
        public void %s(ServerRequest request, ServerResponse response) {}
      }
      """;

  @TempDir Path folder;
  private Path sources;
  private Path out;

  @BeforeEach
  void twoClassesOfOneMicroservice() throws IOException {
    sources = Files.createDirectories(folder.resolve("sources"));
    out = Files.createDirectories(folder.resolve("out"));
    write("package-info", "@dev.kinto.annotations.Microservice(\"shop\") package shop;");
    handler(
        "Basket",
        "Shows the basket:\n   *   größe = 1 # \\ !",
        "@Api(method = \"GET\", path = \"/basket\")");
    handler(
        "Order",
        "@api {post} /orders Order\n   * @apiSuccess (Session) {Number} shop-order last one",
        "");
  }

  private void handler(String name, String javadoc, String annotation) throws IOException {
    write(name, HANDLER.formatted("", name, javadoc, annotation, name.toLowerCase(Locale.ROOT)));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(sources.resolve(name + ".java"), text);
  }

  @Test
  void oneChangedClassGivesTheManifestOfAll() throws IOException {
    compile(out, "package-info", "Basket", "Order");
    handler("Basket", "Shows all baskets.", "@Api(method = \"GET\", path = \"/baskets\")");
    compile(out, "Basket");
    assertSameAsClean("package-info", "Basket", "Order");
    handler("Order", "@api {put} /orders Order", "");
    compile(out, "Order");
    assertSameAsClean("package-info", "Basket", "Order");
  }

  @Test
  void aClassThatIsDeletedIsForgotten() throws IOException {
    compile(out, "package-info", "Basket", "Order");
    Files.delete(out.resolve("shop/Order.class"));
    Files.delete(out.resolve("shop/OrderSession.class"));
    handler("Basket", "Shows all baskets.", "@Api(method = \"GET\", path = \"/baskets\")");
    compile(out, "Basket");
    assertEquals(1, routes());
  }

  @Test
  void aClassThatLosesItsRoutesIsForgotten() throws IOException {
    compile(out, "package-info", "Basket", "Order");
    handler("Order", "No route any more.", "");
    compile(out, "Order");
    assertSameAsClean("package-info", "Basket", "Order");
  }

  @Test
  void aNewDuplicateOfAnOldRouteIsRefused() throws IOException {
    compile(out, "package-info", "Basket", "Order");
    handler("Other", "Another.", "@Api(method = \"GET\", path = \"/basket\")");
    String said = compileAnyhow(out, "Other");
    assertEquals(1, said.split("KintoRouteDuplicate", -1).length - 1, said);
  }

  private long routes() throws IOException {
    return Files.readString(out.resolve("META-INF/kinto/shop.json"))
        .lines()
        .filter(line -> line.contains("\"method\""))
        .count();
  }

  /** Everything that is generated is the same, byte for byte. */
  private void assertSameAsClean(String... names) throws IOException {
    Path clean = Files.createTempDirectory(folder, "clean");
    compile(clean, names);
    Map<String, String> expected = generated(clean);
    assertTrue(expected.containsKey("META-INF/kinto/shop.json"));
    assertEquals(expected, generated(out));
  }

  private static Map<String, String> generated(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return Sources.textsIn(
          root,
          files
              .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".class"))
              .filter(file -> !file.toString().endsWith("OrderSession.java"))
              .toList());
    }
  }

  private void compile(Path target, String... names) {
    assertEquals("", compileAnyhow(target, names));
  }

  private String compileAnyhow(Path target, String... names) {
    String classPath = System.getProperty("java.class.path");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-encoding", "UTF-8", "-d", target.toString()));
    arguments.addAll(List.of("-s", target.toString(), "-processorpath", classPath));
    arguments.addAll(List.of("-cp", classPath + File.pathSeparator + target));
    for (String name : names) {
      arguments.add(sources.resolve(name + ".java").toString());
    }
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(writer, writer, arguments.toArray(String[]::new));
    return said.toString();
  }
}
