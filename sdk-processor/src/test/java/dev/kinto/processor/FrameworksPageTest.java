package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/frameworks.md shows stands in sources that compile (contract C15). */
class FrameworksPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- from (?<file>\\S+) -->\n```java\n(?<code>[^`]*)```");

  @Test
  void everySnippetIsCompiledCode() {
    String page = Sources.text(ROOT.resolve("docs/frameworks.md"));
    Matcher snippet = SNIPPET.matcher(page);
    int found = 0;
    while (snippet.find()) {
      String source = Sources.text(ROOT.resolve(snippet.group("file")));
      assertTrue(source.contains(snippet.group("code")), snippet.group("file"));
      found++;
    }
    // Spring's exchanges are written as its mappings are.
    assertEquals(EnumSet.complementOf(EnumSet.of(Framework.SPRING_EXCHANGE)).size(), found);
    assertEquals(found, page.split("```java", -1).length - 1);
  }
}
