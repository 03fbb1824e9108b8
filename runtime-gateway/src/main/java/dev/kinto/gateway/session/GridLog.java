package dev.kinto.gateway.session;

import java.lang.System.Logger.Level;
import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;

/**
 * Ignite's log as part of the gateway's. Ignite warns of much that does not concern a session store
 * (heap sizes, work folders, what it was told to switch off), so its warnings are details here and
 * only its errors are warnings.
 */
final class GridLog implements IgniteLogger {
  private final System.Logger log = System.getLogger("dev.kinto.gateway.grid");

  @Override
  public IgniteLogger getLogger(Object category) {
    return this;
  }

  @Override
  public void trace(String message) {
    log.log(Level.TRACE, message);
  }

  @Override
  public void debug(String message) {
    log.log(Level.TRACE, message);
  }

  @Override
  public void info(String message) {
    log.log(Level.TRACE, message);
  }

  @Override
  public void warning(String message, @Nullable Throwable e) {
    log.log(Level.DEBUG, message, e);
  }

  @Override
  public void error(String message, @Nullable Throwable e) {
    log.log(Level.WARNING, message, e);
  }

  @Override
  public boolean isTraceEnabled() {
    return log.isLoggable(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isTraceEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return isTraceEnabled();
  }

  @Override
  public boolean isQuiet() {
    return false;
  }

  @Override
  public @Nullable String fileName() {
    return null;
  }
}
