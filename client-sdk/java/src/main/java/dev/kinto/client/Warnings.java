package dev.kinto.client;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Says what went wrong in an application's own code. On Android, logcat shows it. */
final class Warnings {
  private static final Logger LOGGER = Logger.getLogger("dev.kinto.client");

  private Warnings() {}

  /** Logs a failure by its class and place: its message may quote a token. */
  static void log(String text, Throwable failure) {
    Throwable shown = new Throwable(failure.getClass().getName());
    shown.setStackTrace(failure.getStackTrace());
    LOGGER.log(Level.WARNING, text, shown);
  }
}
