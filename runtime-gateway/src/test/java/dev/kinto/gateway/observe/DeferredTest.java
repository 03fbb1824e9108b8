package dev.kinto.gateway.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for a disk or a collector that is slow. */
@Timeout(120)
class DeferredTest {
  private static final int PATH = 8 * 1024;
  private static final long MIB = 1 << 20;

  private static void add(Deferred deferred, String path) {
    new Observation(
            new Observers(List.of(deferred)), "r", "api", "HTTP/1.1", "GET", path, "::1", List.of())
        .ended(200, 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itIsBoundedInBytes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<Long> batches = new CopyOnWriteArrayList<>();
    Deferred deferred =
        new Deferred(
            "test",
            some -> {
              begun.countDown();
              await(goOn);
              batches.add(some.stream().mapToLong(RequestRecord::size).sum());
            },
            ended::countDown);
    add(deferred, "/");
    begun.await();
    for (int i = 0; i < 10_000; i++) {
      add(deferred, "/" + "x".repeat(PATH));
    }
    goOn.countDown();
    deferred.close();
    ended.await();
    long all = batches.stream().mapToLong(Long::longValue).sum();
    assertTrue(all > 15 * MIB && all <= 16 * MIB, () -> all + " bytes were held");
    assertTrue(
        batches.stream().allMatch(each -> each < MIB + 2 * PATH),
        () -> batches + " bytes were worked with at a time");
  }

  /** A JVM that was short of memory for once has some again. */
  @Test
  void anErrorIsNotItsEnd() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<String> paths = new CopyOnWriteArrayList<>();
    Deferred deferred =
        new Deferred(
            "test",
            some -> {
              if (failed.getCount() > 0) {
                failed.countDown();
                throw new OutOfMemoryError("as a test has it");
              }
              some.forEach(each -> paths.add(each.path()));
            },
            ended::countDown);
    add(deferred, "/lost");
    failed.await();
    add(deferred, "/next");
    deferred.close();
    ended.await();
    assertEquals(List.of("/next"), paths);
  }
}
