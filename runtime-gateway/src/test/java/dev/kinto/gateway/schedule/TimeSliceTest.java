package dev.kinto.gateway.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who copies without end lets the others run (contract C33). */
class TimeSliceTest {

  @Test
  void threadsThatNeverWaitLeaveOthersTheirTurn() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    // As many as take all carriers, and more.
    int copying = 4 * Runtime.getRuntime().availableProcessors();
    CountDownLatch begun = new CountDownLatch(copying);
    for (int i = 0; i < copying; i++) {
      Thread.ofVirtual().start(() -> copy(begun, over));
    }
    try {
      assertTrue(begun.await(60, TimeUnit.SECONDS), "each of them begins");
      CountDownLatch other = new CountDownLatch(1);
      Thread.ofVirtual().start(other::countDown);
      assertTrue(other.await(60, TimeUnit.SECONDS), "a thread that begins later runs too");
    } finally {
      over.set(true);
    }
  }

  private static void copy(CountDownLatch begun, AtomicBoolean over) {
    TimeSlice slice = new TimeSlice();
    begun.countDown();
    while (!over.get()) {
      slice.used(1);
    }
  }
}
