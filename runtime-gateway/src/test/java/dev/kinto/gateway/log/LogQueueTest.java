package dev.kinto.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for whoever reads the log. */
@Timeout(120)
class LogQueueTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch taken = new CountDownLatch(1);
  private final CountDownLatch reads = new CountDownLatch(1);
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getAnonymousLogger();
  private final LogQueue queue = new LogQueue(() -> logger);

  LogQueueTest() {
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            taken.countDown();
            try {
              reads.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            if (entry.getMessage().startsWith("fails")) {
              throw new IllegalStateException("as a test has it");
            }
            lines.add(new LogFormatter().formatMessage(entry));
          }

          @Override
          public void flush() {
            // Nothing is held back.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        });
    queue.start();
  }

  private void add(String text, Object... parameters) {
    LogRecord entry = new LogRecord(Level.INFO, text);
    entry.setParameters(parameters);
    queue.add(logger, entry);
  }

  @Test
  void theTextIsThatOfTheMomentAndTheOrderIsKept() {
    List<String> changing = new ArrayList<>(List.of("before"));
    add("It is {0}", changing);
    changing.add("after");
    add("{0}", "{1}");
    reads.countDown();
    assertTrue(queue.flush(LONG));
    assertEquals(List.of("It is [before]", "{1}"), lines);
  }

  @Test
  void whatIsTooMuchIsDroppedAndSaid() throws InterruptedException {
    add("first");
    taken.await(); // It waits for the reader, and all others wait behind it.
    int count = 40;
    for (int i = 0; i < count; i++) {
      add(i + "x".repeat(1 << 18));
    }
    assertFalse(queue.flush(Duration.ZERO), "nobody reads");
    reads.countDown();
    assertTrue(queue.flush(LONG));
    add("later");
    assertTrue(queue.flush(LONG));
    List<String> kept = lines.stream().filter(line -> line.endsWith("x")).toList();
    assertTrue(kept.size() > 10 && kept.size() < 20, kept.size() + " were kept");
    assertTrue(kept.getLast().startsWith(kept.size() - 1 + "x"), "the first ones are kept");
    assertTrue(
        lines.contains(
            "The log is read too slowly, or cannot be written: "
                + (count - kept.size())
                + " event(s) are missing"),
        lines.getLast());
    assertEquals("later", lines.getLast());
  }

  @Test
  void aHandlerThatFailsIsNotItsEnd() {
    reads.countDown();
    add("fails");
    add("next");
    assertTrue(queue.flush(LONG));
    assertEquals("next", lines.getFirst());
  }
}
