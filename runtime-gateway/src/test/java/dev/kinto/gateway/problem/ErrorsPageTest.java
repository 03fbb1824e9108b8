package dev.kinto.gateway.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/errors.md explains every code of contract C36 that the gateway uses, and no other. */
class ErrorsPageTest {
  private static final Pattern ROW = Pattern.compile("^\\| ([0-9]{3}) `([a-z-]+)` \\|.+\\|.+\\|$");

  @Test
  void everyCodeIsExplainedUnderItsStatus() throws IOException {
    List<String> explained =
        Files.readAllLines(Path.of("../docs/errors.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1) + " " + row.group(2))
            .sorted()
            .toList();
    List<String> used =
        Stream.of(ProblemCode.values())
            .map(code -> code.status() + " " + code.code())
            .sorted()
            .toList();

    assertEquals(used, explained);
  }
}
