package dev.kinto.gateway.listen;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is read off behind an answer, where very many clients send on at once (contract C35). */
class LingeringCloseTest {
  private static final int MOST_AT_ONCE = 256;
  private static final int LITTLE = 64 * 1024;

  private final LingeringClose linger = new LingeringClose();

  @Test
  void ofOneMoreThanSoManyLittleIsReadUntilTheOthersAreDone() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(MOST_AT_ONCE);
    CountDownLatch over = new CountDownLatch(1);
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      others.add(Thread.ofVirtual().start(() -> linger.readOff(until(reading, over))));
    }
    assertTrue(reading.await(60, TimeUnit.SECONDS));
    assertTrue(bytesRead() <= LITTLE);

    over.countDown();
    for (Thread other : others) {
      other.join();
    }
    assertTrue(bytesRead() > LITTLE);
  }

  private static LingeringClose.Rest until(CountDownLatch reading, CountDownLatch over) {
    return (_, _) -> {
      reading.countDown();
      over.await();
      return -1;
    };
  }

  /** How much is read of a client that sends without end. */
  private long bytesRead() {
    AtomicLong bytes = new AtomicLong();
    linger.readOff(
        (sink, _) -> {
          bytes.addAndGet(sink.length);
          return sink.length;
        });
    return bytes.get();
  }
}
