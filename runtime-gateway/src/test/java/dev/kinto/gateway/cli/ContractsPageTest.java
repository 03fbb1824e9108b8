package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.declaration.Rule;
import dev.kinto.gateway.contracts.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/contracts.md lists every finding as the code has it, with an example that was printed. */
class ContractsPageTest {
  private static final Path PAGE = Path.of("../docs/contracts.md");

  @Test
  void thePageListsEveryFinding() throws IOException {
    String page = Files.readString(PAGE);
    page = withTable(page, "check", kind -> !kind.ofDiff());
    page = withTable(page, "diff", FindingKind::ofDiff);
    Golden.check(PAGE, page);
  }

  /** Whoever looks an id up finds one page. */
  @Test
  void noFindingIsCalledLikeAMistakeOfTheCompiler() {
    Set<String> mistakes = Stream.of(Rule.values()).map(Rule::id).collect(Collectors.toSet());
    assertEquals(
        List.of(),
        Stream.of(FindingKind.values()).map(FindingKind::id).filter(mistakes::contains).toList());
  }

  private static String withTable(String page, String command, Predicate<FindingKind> of)
      throws IOException {
    String begin = "<!-- findings of " + command + " -->\n";
    String end = "<!-- end of findings of " + command + " -->";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertTrue(from >= begin.length() && to >= from, "the page lacks " + begin);
    StringBuilder table = new StringBuilder("| Id | Severity | Example | Mend |\n");
    table.append("| --- | --- | --- | --- |\n");
    for (FindingKind kind : FindingKind.values()) {
      if (of.test(kind)) {
        table.append("| `").append(kind.id()).append("` | ").append(kind.severity().word());
        table.append(" | ").append(example(command, kind)).append(" | ");
        table.append(kind.mend()).append(" |\n");
      }
    }
    return page.substring(0, from) + table + page.substring(to);
  }

  private static String example(String command, FindingKind kind) throws IOException {
    Path golden = ContractRun.CASES.resolve(command).resolve(kind.id()).resolve("expected.txt");
    String mark = ": [" + kind.id() + "] ";
    try (Stream<String> lines = Files.lines(golden)) {
      String line = lines.filter(text -> text.contains(mark)).findFirst().orElseThrow();
      return line.substring(line.indexOf(mark) + mark.length()).replace("|", "\\|");
    }
  }
}
