package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.declaration.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code bad} says itself what is wrong with it: a comment below a line has a caret
 * under the place and the rule's id (contract C16). Nothing else may be said, and nothing twice.
 */
class BadSourcesTest {
  private static final Pattern CARET = Pattern.compile("//( *)\\^ (\\w+)");
  private static final Pattern MESSAGE = Pattern.compile("[^:]+:(\\d+:\\d+): \\[(\\w+)] .*");

  /** Breaches that need more than one file, or sources that are imported. */
  private static final Set<Rule> ELSEWHERE =
      EnumSet.of(
          Rule.ROUTE_LATE,
          Rule.APIDOC_DEFINITION,
          Rule.APIDOC_ROUTE_TWICE,
          Rule.APIDOC_SEVERAL_ROUTES,
          Rule.APIDOC_ROUTE_NAME,
          Rule.APIDOC_SOURCE);

  static List<Path> files() {
    return Sources.in("bad");
  }

  @ParameterizedTest
  @MethodSource("files")
  void hasTheMistakesThatItSays(Path file) {
    Compiled compiled = Compiled.of(List.of(Sources.javaFile(file)));
    List<String> found = compiled.messages().stream().map(BadSourcesTest::place).sorted().toList();
    assertEquals(carets(file), found, () -> String.join("\n", compiled.messages()));
  }

  @Test
  void mistakesInJavadocSayTheirLineAndColumn() {
    Path file =
        files().stream().filter(path -> path.endsWith("ApidocSyntax.java")).findAny().orElseThrow();
    String messages = Compiled.of(List.of(Sources.javaFile(file))).messages().toString();
    assertTrue(messages.contains("(line 5, column 23 of the Javadoc)"), messages);
  }

  @Test
  void everyRuleHasAFile() {
    Set<String> broken =
        files().stream()
            .flatMap(file -> carets(file).stream())
            .map(caret -> caret.replaceFirst(".* ", ""))
            .collect(Collectors.toSet());
    List<String> unbroken =
        Arrays.stream(Rule.values())
            .filter(rule -> !ELSEWHERE.contains(rule) && !broken.contains(rule.id()))
            .map(Rule::id)
            .toList();
    assertEquals(List.of(), unbroken);
  }

  private static String place(String message) {
    Matcher matcher = MESSAGE.matcher(message.replace('\n', ' '));
    return matcher.matches() ? matcher.group(1) + " " + matcher.group(2) : message;
  }

  private static List<String> carets(Path file) {
    List<String> carets = new ArrayList<>();
    String[] lines = Sources.text(file).split("\n");
    int code = 0;
    for (int i = 0; i < lines.length; i++) {
      Matcher caret = CARET.matcher(lines[i]);
      if (caret.matches()) {
        carets.add(code + ":" + (caret.group(1).length() + 3) + " " + caret.group(2));
      } else {
        code = i + 1;
      }
    }
    assertTrue(!carets.isEmpty(), () -> file + " has no caret");
    return carets.stream().sorted().toList();
  }
}
