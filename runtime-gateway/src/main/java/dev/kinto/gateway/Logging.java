package dev.kinto.gateway;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The gateway's log: one line for each event, on standard error. A logging configuration of the
 * operator's own ({@code -Djava.util.logging.config.file}) is left alone.
 */
final class Logging {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  /** Loggers whose level was set are kept here: the JDK holds them by weak references only. */
  private static final List<Logger> KEPT =
      List.of(Logger.getLogger(""), Logger.getLogger("dev.kinto"));

  private Logging() {}

  static void configure() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
    KEPT.get(0).setLevel(Level.WARNING);
    KEPT.get(1).setLevel(Level.INFO);
  }
}
