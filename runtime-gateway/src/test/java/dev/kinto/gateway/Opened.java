package dev.kinto.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/** Any number of things that a test opened; for a field that JUnit closes. */
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  /** Gives back what is to be closed in the end. */
  <T extends AutoCloseable> T add(T opened) {
    all.push(opened);
    return opened;
  }

  /** Closes the last one first. */
  @Override
  public void close() {
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (Exception e) {
        throw new AssertionError("could not be closed", e);
      }
    }
  }
}
