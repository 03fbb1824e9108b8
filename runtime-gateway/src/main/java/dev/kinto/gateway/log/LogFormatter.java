package dev.kinto.gateway.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line for each event: {@code 2026-11-28T01:59:13.725+01:00 WARNING text}, and the lines of an
 * exception's stack trace, each of which begins with a tab. Levels have the names of {@link
 * System.Logger.Level}.
 *
 * <p>Texts come from clients and microservices too: control characters, with which they could forge
 * lines or steer a terminal, are shown as escapes.
 */
public final class LogFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

  /** Made by the JDK, by its name. */
  public LogFormatter() {}

  @Override
  public String format(LogRecord entry) {
    Instant time = entry.getInstant().truncatedTo(ChronoUnit.MILLIS);
    StringBuilder text = new StringBuilder(160);
    text.append(TIME.format(time.atZone(ZoneId.systemDefault())))
        .append(' ')
        .append(name(entry.getLevel()))
        .append(' ')
        .append(visible(formatMessage(entry)))
        .append('\n');
    if (entry.getThrown() != null) {
      addTrace(entry.getThrown(), text);
    }
    return text.toString();
  }

  private static void addTrace(Throwable thrown, StringBuilder text) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    trace
        .toString()
        .lines()
        .forEach(line -> text.append('\t').append(visible(line.strip())).append('\n'));
  }

  private static String name(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  /**
   * The text with an escape, as Java writes it, for each character that does not stand in a line.
   */
  private static String visible(String text) {
    if (text.chars().noneMatch(LogFormatter::isControl)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              if (isControl(c)) {
                visible.append("\\u%04x".formatted(c));
              } else {
                visible.append((char) c);
              }
            });
    return visible.toString();
  }

  /** C0, DEL and C1, line and paragraph separators, and what turns the direction of writing. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == '\u2028'
        || c == '\u2029';
  }
}
