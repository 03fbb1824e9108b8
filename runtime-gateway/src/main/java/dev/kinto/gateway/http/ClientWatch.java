package dev.kinto.gateway.http;

/**
 * Tells a call when its client goes away before it has its answer (contract C33). One for each
 * request.
 */
public interface ClientWatch extends AutoCloseable {

  /** Runs the action, on some thread, if the client goes away before this is closed. */
  void whenGone(Runnable action);

  /**
   * Is called a few times a second while the watch is open: most calls are over before anybody has
   * to look whether their client stays.
   *
   * @param nowNanos now, as {@link System#nanoTime}
   */
  default void look(long nowNanos) {}

  /** Ends the watch; an action that runs at this moment may still end after it. */
  @Override
  void close();
}
