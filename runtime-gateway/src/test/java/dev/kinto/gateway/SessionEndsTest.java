package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logouts while nodes of the grid go (contract C37a). */
@Timeout(180)
class SessionEndsTest {
  private static final int SESSIONS = 300;
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  /** One that the grid carries out twice, because nobody had heard of its success, is one. */
  @Test
  void whoEndsHisSessionIsToldSoThoughANodeStopsMeanwhile() throws Exception {
    assertEquals(Set.of(204), statusesWhileNodeStops(2));
  }

  /** Its gateway knows nothing for a moment, and says so. */
  @Test
  void whoEndsHisSessionWhereTheNodeStopsIsToldSoOrToComeAgain() throws Exception {
    Set<Integer> statuses = statusesWhileNodeStops(0);
    assertTrue(Set.of(204, 503).containsAll(statuses), statuses.toString());
  }

  /** Of logouts at the first two gateways while a node stops as a failure stops it. */
  private Set<Integer> statusesWhileNodeStops(int node) throws Exception {
    Set<Integer> statuses = new HashSet<>();
    ThreeGateways.Settings settings = builder -> builder.client("waiting", "s");
    try (ThreeGateways three = ThreeGateways.start(folder, ThreeGateways.Mode.CLUSTER, settings);
        ExecutorService failure = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<String> tokens = three.begin(SESSIONS);
        assertEquals(SESSIONS, tokens.size());
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var stopped =
            failure.submit(
                () -> {
                  begun.join();
                  return Ignition.stop(three.get(node).grid().name(), true);
                });
        ThreeGateways.atOnce(
                SESSIONS,
                i -> {
                  if (i == SESSIONS / 5) {
                    begun.complete(null);
                  }
                  return three.get(i % 2).send("DELETE /auth", tokens.get(i));
                })
            .forEach(answer -> statuses.add(answer.status()));
        stopped.get();
        three.awaitServing(node);
      }
    }
    return statuses;
  }
}
