package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every snippet of the README and the guides that names a file stands in that file, line by line;
 * indentation and the stars of comments apart. The files themselves are compiled or run by the
 * other tests.
 */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- from (\\S+) -->\\n```\\w*\\n(.*?)```\\n", Pattern.DOTALL);

  @TestFactory
  List<DynamicTest> snippetsStandInTheFilesThatTheyName() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String page : List.of("README.md", "docs/microservices.md", "docs/develop.md")) {
      addTests(page, tests);
    }
    assertFalse(tests.isEmpty(), "no snippet found");
    return tests;
  }

  private static void addTests(String page, List<DynamicTest> tests) throws IOException {
    Matcher matcher = SNIPPET.matcher(Files.readString(ROOT.resolve(page)));
    while (matcher.find()) {
      String file = matcher.group(1);
      String snippet = matcher.group(2);
      tests.add(
          DynamicTest.dynamicTest(
              page + ": " + file,
              () -> {
                String text = normal(Files.readString(ROOT.resolve(file)));
                assertFalse(normal(snippet).isEmpty(), "the snippet is empty");
                assertTrue(text.contains(normal(snippet)), "does not stand in " + file);
              }));
    }
  }

  private static String normal(String text) {
    return text.lines()
        .map(line -> line.strip().replaceFirst("^\\* ?", "").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "\n", "\n"));
  }
}
