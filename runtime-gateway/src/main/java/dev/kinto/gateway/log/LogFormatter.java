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
 * <p>Texts come from clients and microservices too: see {@link VisibleText}.
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
        .append(VisibleText.of(formatMessage(entry)))
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
        .forEach(line -> text.append('\t').append(VisibleText.of(line.strip())).append('\n'));
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
}
