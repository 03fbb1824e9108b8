package dev.kinto.gateway.upstream;

/**
 * What a call waits for at its upstream, and for how long it may (contract C34). A clock asks a few
 * times a second, from a thread of its own: the thread that waits sets no timer, which would wake
 * another thread for each read.
 */
@FunctionalInterface
interface UpstreamWait {
  UpstreamWait NOTHING = _ -> false;

  /**
   * Whether it has taken too long.
   *
   * @param nowNanos now, as {@link System#nanoTime}
   */
  boolean isTooLong(long nowNanos);
}
