package dev.kinto.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the gateway logs in this JVM, from the opening to the closing. */
final class LogLines extends Handler implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 30;

  private final Logger logger = Logger.getLogger("dev.kinto.gateway");
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogLines() {}

  static LogLines open() {
    LogLines lines = new LogLines();
    lines.logger.addHandler(lines);
    return lines;
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getLevel() + " " + formatter.formatMessage(entry));
  }

  /** The lines with this text. */
  List<String> with(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  /** Waits for a line with this text, and gives the first one. */
  String await(String text) throws InterruptedException {
    long began = System.nanoTime();
    while (with(text).isEmpty()) {
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS)) {
        throw new AssertionError("\"" + text + "\" was never logged, but " + lines);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return with(text).getFirst();
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
