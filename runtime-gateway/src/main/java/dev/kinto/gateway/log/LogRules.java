package dev.kinto.gateway.log;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every logger and every handler of the process, whatever the operator's logging
 * configuration says (contract C47). Made by the JDK, which wants it public.
 *
 * <p>Libraries show bytes of connections, variables of the environment and what caches hold below
 * {@code WARNING}, and could say more with each version: so they say nothing there. And no thread
 * waits for handlers but that of the {@link LogQueue}. A filter of a logger is asked before its
 * handlers and cannot be configured away.
 */
public final class LogRules extends LogManager {
  /** The name that all our loggers begin with. */
  static final String OURS = "dev.kinto";

  private static final String FORMATTER = ".formatter";

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final LogQueue queue = new LogQueue(() -> Logger.getLogger(OURS));

  /** Made by the JDK, by its name. */
  public LogRules() {
    queue.start();
  }

  @Override
  public boolean addLogger(Logger logger) {
    String name = logger.getName();
    boolean ours = name != null && (name.equals(OURS) || name.startsWith(OURS + "."));
    int least = ours ? Integer.MIN_VALUE : Level.WARNING.intValue();
    logger.setFilter(entry -> entry.getLevel().intValue() >= least && isToBeWritten(logger, entry));
    return super.addLogger(logger);
  }

  private boolean isToBeWritten(Logger logger, LogRecord entry) {
    if (queue.isWriter()) {
      return true;
    }
    queue.add(logger, entry);
    return false;
  }

  /**
   * Waits until all is written that was logged before, for a few seconds at most.
   *
   * @return whether it is
   */
  boolean flush() {
    return queue.flush(LIMIT);
  }

  /**
   * Takes all handlers from all loggers, when what was logged is written: the JDK's way to end a
   * process. A handler that is writing and cannot go on could not be closed: it ends as it is.
   */
  @Override
  public void reset() {
    if (flush()) {
      super.reset();
    }
  }

  /** Handlers that write lines write ours. */
  @Override
  public @Nullable String getProperty(String name) {
    String value = super.getProperty(name);
    boolean lines =
        value == null
            ? name.equals("java.util.logging.ConsoleHandler" + FORMATTER)
            : name.endsWith(FORMATTER) && value.equals(SimpleFormatter.class.getName());
    return lines ? LogFormatter.class.getName() : value;
  }
}
