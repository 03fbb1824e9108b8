package dev.kinto.gateway.trial;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.GatewayProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trials for which a build has the time (contract C37, C37a). Those that cut need root and
 * iproute2, and are left out where those cannot be had; {@code bench/grid/run.sh} runs all of them.
 */
@DisabledOnOs(OS.WINDOWS)
class GridTrialTest {
  private static final int VISITORS = 6;
  private static final long SEED = 1;

  @TempDir Path folder;

  private Result run(Trial trial, Network network) throws IOException, InterruptedException {
    try (network) {
      return trial.run(
          network, GatewayProgram.command(List.of()), folder, VISITORS, Duration.ZERO, SEED);
    }
  }

  private static Network namespaces(int nodes) {
    try {
      return NamespaceNetwork.create(nodes);
    } catch (IOException e) {
      return Assumptions.abort("Nothing can be cut here. " + e.getMessage());
    }
  }

  private static void assertGood(Result result) {
    assertTrue(result.good(), result::complaint);
  }

  /** Without a grid nothing holds: the check is no rubber stamp. */
  @Test
  void gatewaysWithoutAGridAreFoundOut() throws Exception {
    Result result = run(Trials.unconnected(), new LoopbackNetwork());
    assertTrue(
        result.violations().stream()
            .anyMatch(violation -> violation.what().contains("the session is lost")),
        result::complaint);
    assertFalse(result.good());
  }

  @Test
  void killedAndRestartedGatewaysAreNotMissed() throws Exception {
    assertGood(run(Trials.shortUnbroken(), new LoopbackNetwork()));
  }

  @Test
  void frozenGatewaysDeceiveNobody() throws Exception {
    assertGood(run(Trials.shortFrozen(), new LoopbackNetwork()));
  }

  @Test
  void killedGatewaysFindEverythingOnTheirDisks() throws Exception {
    assertGood(run(Trials.shortKilled(), new LoopbackNetwork()));
  }

  @Test
  void gatewaysThatAreCutOffDeceiveNobody() throws Exception {
    Trial trial = Trials.shortCut();
    assertGood(run(trial, namespaces(trial.shape().nodes())));
  }
}
