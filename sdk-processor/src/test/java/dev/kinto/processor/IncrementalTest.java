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
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** The compilers, which are asked for the same. */
  enum Compiler {
    JAVAC,
    ECJ
  }

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

  @ParameterizedTest
  @EnumSource
  void oneChangedClassGivesTheManifestOfAll(Compiler compiler) throws IOException {
    compile(compiler, out, "package-info", "Basket", "Order");
    handler("Basket", "Shows all baskets.", "@Api(method = \"GET\", path = \"/baskets\")");
    compile(compiler, out, "Basket");
    assertSameAsClean(compiler, "package-info", "Basket", "Order");
    handler("Order", "@api {put} /orders Order", "");
    compile(compiler, out, "Order");
    assertSameAsClean(compiler, "package-info", "Basket", "Order");
  }

  @Test
  void aClassThatIsDeletedIsForgotten() throws IOException {
    compile(Compiler.JAVAC, out, "package-info", "Basket", "Order");
    Files.delete(out.resolve("shop/Order.class"));
    Files.delete(out.resolve("shop/OrderSession.class"));
    handler("Basket", "Shows all baskets.", "@Api(method = \"GET\", path = \"/baskets\")");
    compile(Compiler.JAVAC, out, "Basket");
    assertEquals(1, routes());
  }

  @Test
  void aClassThatLosesItsRoutesIsForgotten() throws IOException {
    compile(Compiler.JAVAC, out, "package-info", "Basket", "Order");
    handler("Order", "No route any more.", "");
    compile(Compiler.JAVAC, out, "Order");
    assertSameAsClean(Compiler.JAVAC, "package-info", "Basket", "Order");
  }

  @Test
  void aNewDuplicateOfAnOldRouteIsRefused() throws IOException {
    compile(Compiler.JAVAC, out, "package-info", "Basket", "Order");
    handler("Other", "Another.", "@Api(method = \"GET\", path = \"/basket\")");
    String said = compileAnyhow(Compiler.JAVAC, out, "Other");
    assertEquals(1, said.split("KintoRouteDuplicate", -1).length - 1, said);
  }

  private long routes() throws IOException {
    return Files.readString(out.resolve("META-INF/kinto/shop.json"))
        .lines()
        .filter(line -> line.contains("\"method\""))
        .count();
  }

  /** Everything that is generated is the same, byte for byte. */
  private void assertSameAsClean(Compiler compiler, String... names) throws IOException {
    Path clean = Files.createTempDirectory(folder, "clean");
    compile(compiler, clean, names);
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

  private void compile(Compiler compiler, Path target, String... names) {
    assertEquals("", compileAnyhow(compiler, target, names));
  }

  private String compileAnyhow(Compiler compiler, Path target, String... names) {
    String classPath = System.getProperty("java.class.path");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-encoding", "UTF-8", "-d", target.toString()));
    arguments.addAll(List.of("-s", target.toString(), "-processorpath", classPath));
    arguments.addAll(List.of("-cp", classPath + File.pathSeparator + target));
    if (compiler == Compiler.ECJ) {
      arguments.addAll(List.of("-21", "-nowarn"));
    }
    for (String name : names) {
      arguments.add(sources.resolve(name + ".java").toString());
    }
    String[] command = arguments.toArray(String[]::new);
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    if (compiler == Compiler.ECJ) {
      BatchCompiler.compile(command, writer, writer, null);
    } else {
      javac(writer, command);
    }
    return said.toString();
  }

  private static void javac(PrintWriter writer, String... command) {
    ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, command);
  }
}
