package dev.kinto.gateway;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The signals that tell the process to stop in order (contract C42). */
final class StopSignals {
  private static final List<String> SIGNALS = List.of("TERM", "INT");

  /** What a process ends with that SIGTERM ends at once. */
  private static final int HALTED = 143;

  private final CountDownLatch stop = new CountDownLatch(1);

  private StopSignals() {}

  /** From now on they do nothing but end {@link #await}. */
  static StopSignals taken() {
    StopSignals signals = new StopSignals();
    SIGNALS.forEach(signal -> Signals.on(signal, signals::stopOrHalt));
    return signals;
  }

  /** The first signal lets running work end; the second one is from who cannot wait. */
  private void stopOrHalt() {
    if (stop.getCount() == 0) {
      Runtime.getRuntime().halt(HALTED);
    }
    stop.countDown();
  }

  void await() throws InterruptedException {
    stop.await();
  }
}
