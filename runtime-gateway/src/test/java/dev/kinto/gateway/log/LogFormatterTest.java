package dev.kinto.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of the log (contract C47). */
class LogFormatterTest {
  private static String format(Level level, String text, Throwable thrown) {
    LogRecord entry = new LogRecord(level, text);
    entry.setInstant(Instant.parse("2026-11-28T01:59:13.725819Z"));
    entry.setThrown(thrown);
    return new LogFormatter().format(entry);
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERE, ERROR",
    "WARNING, WARNING",
    "INFO, INFO",
    "CONFIG, DEBUG",
    "FINE, DEBUG",
    "FINER, TRACE",
    "FINEST, TRACE"
  })
  void aLineHasTimeWithZoneAndLevel(String level, String shown) {
    String line = format(Level.parse(level), "It happened", null);
    assertTrue(
        line.matches(
            "2026-11-2[789]T\\d\\d:\\d\\d:13\\.725[+-]\\d\\d:\\d\\d " + shown + " It happened\n"),
        line);
  }

  /** A manifest, a header or an exception may hold what looks like another event's line. */
  @ParameterizedTest
  @CsvSource({
    "000a, \\u000a",
    "000d, \\u000d",
    "0000, \\u0000",
    "001b, \\u001b",
    "007f, \\u007f",
    "009b, \\u009b",
    "2028, \\u2028",
    "202e, \\u202e"
  })
  void controlCharactersForgeNoLine(String code, String shown) {
    String text = "a" + (char) Integer.parseInt(code, 16) + "2026-11-28 ERROR forged";
    String line = format(Level.INFO, text, null);
    assertTrue(line.endsWith(" INFO a" + shown + "2026-11-28 ERROR forged\n"), line);
  }

  @Test
  void whatIsOfAnExceptionBeginsWithATab() {
    Exception cause = new IllegalStateException("of\nthe\r\ncause\u001b[31m");
    String text = format(Level.INFO, "It failed", new RuntimeException("first\nsecond", cause));
    String[] lines = text.split("\n", -1);
    assertTrue(lines[0].endsWith(" INFO It failed"), text);
    for (int i = 1; i < lines.length - 1; i++) {
      assertTrue(lines[i].matches("\\t\\P{Cntrl}+"), text);
    }
    assertEquals("", lines[lines.length - 1]);
    assertTrue(text.contains("\tcause\\u001b[31m\n"), text);
  }
}
