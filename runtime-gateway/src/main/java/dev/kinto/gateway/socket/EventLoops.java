package dev.kinto.gateway.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Event loops, one for each processor. A connection belongs to one of them, with all that is done
 * for it. Safe for use by any number of threads.
 */
public final class EventLoops implements AutoCloseable {
  private final List<EventLoop> loops;

  private EventLoops(List<EventLoop> loops) {
    this.loops = loops;
  }

  /**
   * Starts them.
   *
   * @return empty if this JDK does not let virtual threads run on them
   */
  public static Optional<EventLoops> start() throws IOException {
    if (!JdkScheduling.isAvailable()) {
      return Optional.empty();
    }
    EventLoops started = new EventLoops(new ArrayList<>());
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        EventLoop loop = new EventLoop("kinto-loop-" + i);
        started.loops.add(loop);
        loop.start();
      }
    } catch (IOException e) {
      started.close();
      throw e;
    }
    return Optional.of(started);
  }

  /** A thread that serves a new connection, on the loop that has the fewest; not started yet. */
  public Thread serving(String name, Runnable connection) {
    EventLoop least = loops.stream().min(Comparator.comparingInt(EventLoop::load)).orElseThrow();
    return least.serving(name, connection);
  }

  /** Ends the connections that are left. Threads that still run do so elsewhere from now on. */
  @Override
  public void close() {
    loops.forEach(EventLoop::stop);
  }
}
