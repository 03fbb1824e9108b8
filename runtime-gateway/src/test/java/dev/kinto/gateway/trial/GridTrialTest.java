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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The trials, each as short as it can be (contract C37, C37a). */
@DisabledOnOs(OS.WINDOWS)
class GridTrialTest {
  private static final int VISITORS = 6;
  private static final long SEED = 1;

  @TempDir Path folder;

  private Result run(Trial trial) throws IOException, InterruptedException {
    try (Network network = new LoopbackNetwork()) {
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

  /** Without a grid nothing holds: the check is no rubber stamp. */
  @Test
  void gatewaysWithoutAGridAreFoundOut() throws Exception {
    Result result = run(Trials.unconnected());
    assertTrue(
        result.violations().stream()
            .anyMatch(violation -> violation.what().contains("the session is lost")),
        result::complaint);
    assertFalse(result.good());
  }
}
