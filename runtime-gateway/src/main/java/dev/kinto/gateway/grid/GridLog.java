package dev.kinto.gateway.grid;

import java.lang.System.Logger.Level;
import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;

/**
 * Ignite's log as part of the gateway's. Ignite warns of much that does not concern a session store
 * (heap sizes, work folders, what it was told to switch off), so its warnings are details here and
 * only its errors are warnings. What it says below is dropped, whatever level is asked for: it
 * prints the environment's variables, the JVM's arguments and messages with what they carry
 * (contract C47).
 */
final class GridLog implements IgniteLogger {
  /** Ignite tries to register these beans although it was told that there are none. */
  private static final String BEAN_REFUSED = "MBean for system view";

  private final System.Logger log = System.getLogger("dev.kinto.gateway.grid");

  @Override
  public IgniteLogger getLogger(Object category) {
    return this;
  }

  @Override
  public void trace(String message) {
    // Dropped, see above.
  }

  @Override
  public void debug(String message) {
    // Dropped, see above.
  }

  @Override
  public void info(String message) {
    // Dropped, see above.
  }

  @Override
  public void warning(String message, @Nullable Throwable e) {
    log.log(Level.DEBUG, message, e);
  }

  @Override
  public void error(String message, @Nullable Throwable e) {
    if (message.startsWith(BEAN_REFUSED)) {
      return;
    }
    log.log(Level.WARNING, e == null ? message : message + " (" + e + ")");
    log.log(Level.DEBUG, message, e);
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return false;
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
