package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.contracts.FindingKind;
import dev.kinto.gateway.contracts.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command {@code diff} (contract C41). */
class DiffCommandTest {
  private static final Path CASES = ContractRun.CASES.resolve("diff");

  private static ContractRun diff(Path folder) {
    return ContractRun.of(new DiffCommand(), folder.resolve("old"), folder.resolve("new"));
  }

  static List<FindingKind> kinds() {
    return Stream.of(FindingKind.values()).filter(FindingKind::ofDiff).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachChangeIsFoundWhereItIs(FindingKind kind) throws IOException {
    Path cases = CASES.resolve(kind.id());
    ContractRun run = diff(cases.resolve("bad"));
    assertTrue(run.out().contains(": [" + kind.id() + "] "), run.out());
    assertEquals(kind.severity() == Severity.ERROR ? 1 : 0, run.exit());
    Golden.check(cases.resolve("expected.txt"), run.out());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theOppositeChangeIsCompatible(FindingKind kind) {
    ContractRun run = diff(CASES.resolve(kind.id()).resolve("good"));
    assertFalse(run.out().contains("[" + kind.id() + "]"), run.out());
    assertEquals(0, run.exit(), run.out());
  }

  @Test
  void betweenTwoFilesEveryReaderMayBeHurt() throws IOException {
    Path files = ContractRun.CASES.resolve("diff-one");
    ContractRun run =
        ContractRun.of(
            new DiffCommand(), files.resolve("auth-old.json"), files.resolve("auth-new.json"));
    assertEquals(1, run.exit());
    Golden.check(files.resolve("expected.txt"), run.out());
  }

  @Test
  void theSameReleaseChangesNothing() {
    Path one = ContractRun.CASES.resolve("diff-one/auth-old.json");
    assertEquals(
        new ContractRun(0, "Nothing has changed for anybody.\n", ""),
        ContractRun.of(new DiffCommand(), one, one));
  }

  @Test
  void wrongUseIsTold() {
    assertEquals(2, ContractRun.of(new DiffCommand(), "one").exit());
    assertEquals(2, ContractRun.of(new DiffCommand(), "no-such", "file").exit());
  }
}
