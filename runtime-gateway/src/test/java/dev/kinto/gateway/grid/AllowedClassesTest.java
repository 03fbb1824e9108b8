package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of classes that a message to the grid may hold (contract C38). */
class AllowedClassesTest {
  private static final Path REFUSED =
      Path.of("src/main/resources/dev/kinto/gateway/grid/refused-classes.txt");

  /** Ignite's own lists, which it adds to ours. */
  private static Stream<String> knownToIgnite() {
    return Stream.of("classnames", "classnames-jdk", "classnames-default-whitelist")
        .flatMap(name -> lines("META-INF/" + name + ".properties"))
        .filter(line -> !line.isBlank() && line.charAt(0) != '#' && line.charAt(0) != '[');
  }

  private static Stream<String> lines(String resource) {
    try (InputStream in = Ignite.class.getClassLoader().getResourceAsStream(resource)) {
      assertNotNull(in, resource);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIgniteAddsToTheListIsTakenAwayAgain() throws IOException {
    TreeSet<String> refused = new TreeSet<>(knownToIgnite().toList());
    refused.removeAll(AllowedClasses.names());
    String expected = String.join("\n", refused) + "\n";
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      Files.writeString(REFUSED, expected);
    }
    assertEquals(expected, Files.readString(REFUSED), "rewrite it with -Dkinto.goldens=rewrite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javax.management.BadAttributeValueExpException",
        "java.lang.invoke.SerializedLambda",
        "java.lang.reflect.Proxy",
        "java.lang.ProcessBuilder",
        "java.lang.Runtime",
        "java.io.File",
        "java.net.URL",
        "java.util.PriorityQueue",
        "org.apache.ignite.internal.processors.closure.GridClosureProcessor$C2",
        "org.apache.ignite.internal.processors.service.LazyServiceConfiguration",
        "org.apache.ignite.compute.ComputeJobAdapter",
        "dev.kinto.gateway.grid.Node",
      })
  void whatTheTrafficHasNotIsNotEvenLoaded(String name) {
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName(name, true, new AllowedClasses()));
  }

  @Test
  void everyNameOfTheListIsAClass() throws ClassNotFoundException {
    AllowedClasses loader = new AllowedClasses();
    for (String name : AllowedClasses.names()) {
      assertEquals(name, Class.forName(name, false, loader).getName());
    }
  }
}
