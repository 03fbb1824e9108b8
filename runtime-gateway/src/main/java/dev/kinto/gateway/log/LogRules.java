package dev.kinto.gateway.log;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every logger and every handler of the process, whatever the operator's logging
 * configuration says (contract C47). Made by the JDK, which wants it public.
 *
 * <p>Libraries show bytes of connections, variables of the environment and what caches hold below
 * {@code WARNING}, and could say more with each version: so they say nothing there. A filter of a
 * logger is asked before its handlers and cannot be configured away.
 */
public final class LogRules extends LogManager {
  /** The name that all our loggers begin with. */
  static final String OURS = "dev.kinto";

  private static final String FORMATTER = ".formatter";

  /** Made by the JDK, by its name. */
  public LogRules() {}

  @Override
  public boolean addLogger(Logger logger) {
    String name = logger.getName();
    if (name == null || !(name.equals(OURS) || name.startsWith(OURS + "."))) {
      logger.setFilter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue());
    }
    return super.addLogger(logger);
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
