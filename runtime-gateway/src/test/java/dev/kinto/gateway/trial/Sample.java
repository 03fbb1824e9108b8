package dev.kinto.gateway.trial;

/**
 * How one request ended for a client, whatever the balancer tried for it.
 *
 * @param balanced through the balancer; else straight to one gateway
 * @param idempotent whether the balancer might repeat it
 * @param begin when the client began, by {@link System#nanoTime}
 * @param end when it had the answer, or gave up
 * @param failure what came in place of an answer that a client can work with; empty: nothing
 */
record Sample(boolean balanced, boolean idempotent, long begin, long end, String failure) {
  boolean failed() {
    return !failure.isEmpty();
  }

  /** Whether the promise that no request fails covers it. */
  boolean promised() {
    return balanced && idempotent;
  }

  double millis() {
    return (end - begin) / 1e6;
  }
}
