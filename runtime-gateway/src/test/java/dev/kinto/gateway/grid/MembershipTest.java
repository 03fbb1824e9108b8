package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.problem.Refusal;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.IgniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that the others of a grid do not let come to its end (contract C37). */
@Timeout(60)
class MembershipTest {
  private static final NodeAddress HERE =
      new NodeAddress("127.0.0.1", 1, 2, OptionalInt.empty()); // nobody listens

  private static Membership start(Membership.Lives lives) {
    return Membership.start(lives, List.of(), HERE);
  }

  private static NotJoinedException notJoined(String reason) {
    return NotJoinedException.of(new IgniteException("Failed to start", new Exception(reason)));
  }

  @Test
  void whoCannotBeReachedJustNowIsTriedAgain() throws Exception {
    CountDownLatch tries = new CountDownLatch(2);
    try (Membership membership =
        start(
            () -> {
              tries.countDown();
              throw notJoined("Impossible to continue join, check if local discovery [...]");
            })) {
      assertFalse(membership.isReady());
      assertThrows(Refusal.class, membership::serving);
      tries.await();
    }
  }

  @Test
  void whoIsRefusedIsNotTriedAgain() {
    String reason = "A gateway cannot join the grid: grid.name is other";
    NotJoinedException refused =
        assertThrows(
            NotJoinedException.class,
            () ->
                start(
                    () -> {
                      throw notJoined(reason);
                    }));
    assertEquals("The grid cannot be joined. " + reason, refused.getMessage());
  }

  /** Ignite's waits have no end but this one. */
  @Test
  void aStartThatIsUnderWayEndsWithTheGateway() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread gateway =
        Thread.ofVirtual()
            .start(
                () ->
                    start(
                        () -> {
                          waiting.countDown();
                          try {
                            TimeUnit.DAYS.sleep(1);
                          } catch (InterruptedException e) {
                            ended.countDown();
                          }
                          throw notJoined("Thread has been interrupted.");
                        }));
    waiting.await();
    gateway.interrupt();
    ended.await();
    gateway.join();
  }
}
