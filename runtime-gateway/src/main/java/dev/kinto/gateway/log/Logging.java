package dev.kinto.gateway.log;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The log: {@code java.util.logging} on standard error, in lines of {@link LogFormatter}. An
 * operator's own configuration ({@code -Djava.util.logging.config.file}) says which levels are
 * shown, and where; of libraries nothing is shown below a warning in any case. Lines are written by
 * a thread of their own.
 */
public final class Logging {
  private static final String MANAGER = "java.util.logging.manager";
  private static final List<String> CONFIGURATIONS =
      List.of("java.util.logging.config.file", "java.util.logging.config.class");

  private Logging() {}

  /** Prepares the log of this process. Call it before anything else, which might log. */
  public static void start() {
    if (System.getProperty(MANAGER) == null) {
      System.setProperty(MANAGER, LogRules.class.getName());
    }
    if (CONFIGURATIONS.stream().noneMatch(each -> System.getProperty(each) != null)) {
      Levels.ROOT.setLevel(Level.WARNING);
      Levels.OURS.setLevel(Level.INFO);
    }
    System.Logger log = System.getLogger(Logging.class.getName());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            log.log(
                System.Logger.Level.ERROR,
                "The thread " + thread.getName() + " ended unexpectedly",
                failure));
  }

  /**
   * Waits until all is written that was logged before, for a few seconds at most. For whoever ends
   * the process, or tells people something in another way that is to stand behind it.
   */
  public static void flush() {
    if (LogManager.getLogManager() instanceof LogRules rules) {
      var _ =
          rules.flush(); // What a reader does not take within that time is lost with the process.
    }
  }

  /** The JDK holds loggers by weak references only; one that is forgotten forgets its level. */
  private static final class Levels {
    static final Logger ROOT = Logger.getLogger("");
    static final Logger OURS = Logger.getLogger(LogRules.OURS);
  }
}
