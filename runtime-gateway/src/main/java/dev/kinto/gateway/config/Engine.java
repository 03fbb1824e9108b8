package dev.kinto.gateway.config;

/** What runs the threads that serve clients' connections (contract C43). */
public enum Engine {
  /** An event loop for each processor, where the JDK can do that. */
  EVENT_LOOPS,

  /** The JDK's scheduler of virtual threads. */
  VIRTUAL_THREADS;

  static Engine parse(String text) {
    return switch (text) {
      case "event-loops" -> EVENT_LOOPS;
      case "virtual-threads" -> VIRTUAL_THREADS;
      default -> throw new IllegalArgumentException("event-loops or virtual-threads is wanted");
    };
  }
}
