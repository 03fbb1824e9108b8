package dev.kinto.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.forward.RemovedHeaders.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is kept of headers that were removed (contract C30, C46). RemovedHeadersTest has the log.
 */
class RemovedHeadersCountTest {
  private static final Place HOOK = new Place("demo", "GET /stripe/hook", "stripe");

  private final RemovedHeaders removed = new RemovedHeaders();

  @Test
  void eachIsCountedForItsRouteAndOwner() {
    Place other = new Place("demo", "GET /shop/x", "stripe");
    removed.count(HOOK, "stripe-signature");
    removed.count(HOOK, "stripe-signature");
    removed.count(HOOK, "stripe-other");
    removed.count(other, "stripe-signature");

    assertEquals(Map.of(HOOK, 3L, other, 1L), removed.counts());
  }

  @Test
  void namesAreNewOnceAndTheFirstFewOnly() {
    assertTrue(removed.count(HOOK, "stripe-a"));
    assertFalse(removed.count(HOOK, "stripe-a"));
    int announced = 0;
    for (int i = 0; i < 1_000; i++) {
      announced += removed.count(HOOK, "stripe-" + "x".repeat(1_000) + i) ? 1 : 0;
      announced += removed.count(HOOK, i + "-stripe") ? 1 : 0;
    }
    assertEquals(4, announced);
  }

  /** Nothing is lost of the sum where places are too many to be told apart. */
  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 30_000; i++) {
      removed.count(new Place("demo", "GET /r" + i, "stripe"), "stripe-signature");
    }
    assertEquals(10_001, removed.counts().size());
    assertEquals(30_000, removed.counts().values().stream().mapToLong(n -> n).sum());
  }
}
