package dev.kinto.gateway.trial;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
      return trial.run(network, java(), folder, VISITORS, Duration.ZERO, SEED);
    }
  }

  /** The gateway as this build has compiled it, with the doors that its jar opens. */
  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    return command;
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
