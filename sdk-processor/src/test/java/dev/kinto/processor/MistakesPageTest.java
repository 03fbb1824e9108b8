package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.JavaFileObjects;
import dev.kinto.apidoc.ApidocSources;
import dev.kinto.declaration.Rule;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * docs/mistakes.md has an entry for each rule, whose example breaks this rule and no other, and
 * whose mend breaks none. To rewrite the messages: {@code -Dkinto.goldens=rewrite}.
 */
class MistakesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "mistakes.md");
  private static final Pattern ENTRY =
      Pattern.compile(
          "## (?<id>\\w+)\\n\\n(?:(?!```|## )[\\s\\S])+"
              + "```(?<language>java|js)\\n(?<example>[^`]*)```\\n\\n"
              + "```text\\n(?<message>(?:(?!```)[\\s\\S])*)```\\n\\n"
              + "```\\k<language>\\n(?<mend>[^`]*)```\\n");
  private static final String LATE = "// What another processor generates:\n";
  private static final String IMPORTS =
      """
      package p;
      import dev.kinto.annotations.*;
      import io.helidon.webserver.http.*;
      """;

  /** An entry of the page. */
  private record Entry(String id, String language, String example, String message, String mend) {

    /** What the compiler, or an import of sources in another language, says of a text of it. */
    List<String> said(String text) throws IOException {
      return language.equals("java") ? compile(text) : imported(text);
    }
  }

  private static List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    Matcher entry = ENTRY.matcher(Files.readString(PAGE));
    while (entry.find()) {
      entries.add(
          new Entry(
              entry.group("id"),
              entry.group("language"),
              entry.group("example"),
              entry.group("message").strip(),
              entry.group("mend")));
    }
    return entries;
  }

  @Test
  void everyRuleHasItsEntryInTheOrderOfTheCode() throws IOException {
    assertEquals(
        Arrays.stream(Rule.values()).map(Rule::id).toList(),
        entries().stream().map(Entry::id).toList());
    long headings = Files.readString(PAGE).lines().filter(line -> line.startsWith("## ")).count();
    assertEquals(Rule.values().length, headings);
  }

  @TestFactory
  List<DynamicTest> theCompilerSaysWhatThePageSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Entry entry : entries()) {
      tests.add(DynamicTest.dynamicTest(entry.id(), () -> check(entry)));
    }
    return tests;
  }

  private static void check(Entry entry) throws IOException {
    List<String> said = entry.said(entry.example());
    assertEquals(1, said.size(), said::toString);
    String message = said.get(0).replaceFirst("^[^\\[]*", "");
    assertTrue(message.startsWith("[" + entry.id() + "] "), message);
    String shown = (isWarning(entry) ? "warning: " : "error: ") + message;
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      String page = Files.readString(PAGE);
      String before = entry.example() + "```\n\n```text\n";
      int start = page.indexOf(before, page.indexOf("## " + entry.id() + "\n")) + before.length();
      int end = page.indexOf("```", start);
      Files.writeString(PAGE, page.substring(0, start) + shown + "\n" + page.substring(end));
    } else {
      assertEquals(entry.message(), shown);
    }
    assertEquals(List.of(), entry.said(entry.mend()));
  }

  private static List<String> imported(String source) throws IOException {
    Path file = Files.createTempFile("articles", ".js");
    try {
      Files.writeString(file, source);
      return ApidocSources.read(new MicroserviceName("articles"), List.of(file)).mistakes().stream()
          .map(mistake -> mistake.text().replace(file.toString(), "articles.js"))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static boolean isWarning(Entry entry) {
    return Arrays.stream(Rule.values())
        .anyMatch(rule -> rule.id().equals(entry.id()) && rule.warning());
  }

  private static List<String> compile(String example) {
    String[] parts = example.split(LATE, 2);
    boolean whole = parts[0].contains("interface ") || parts[0].contains("class ");
    String source =
        whole ? parts[0] : "@Microservice(\"articles\")\ninterface Articles {\n" + parts[0] + "}\n";
    Processor[] others =
        parts.length == 1
            ? new Processor[0]
            : new Processor[] {new GeneratingProcessor("p.Late", IMPORTS + parts[1])};
    return Compiled.of(
            List.of(JavaFileObjects.forSourceString("p.Articles", IMPORTS + source)), others)
        .messages();
  }
}
