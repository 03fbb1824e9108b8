package dev.kinto.gateway.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Something that happens to gateways under load.
 *
 * @param name one word
 * @param needsCuts whether it needs a network that can be cut
 * @param noFailures whether no idempotent request through the balancer may fail
 */
record Trial(String name, Shape shape, boolean needsCuts, boolean noFailures, Script script) {
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration AFTER = Duration.ofSeconds(3);

  /**
   * Runs it.
   *
   * @param java a command that starts Java with the gateway as its program
   * @param folder for configurations and logs
   * @param length about how long it may take
   */
  Result run(
      Network network, List<String> java, Path folder, int visitors, Duration length, long seed)
      throws IOException, InterruptedException {
    try (Cluster cluster = Cluster.start(shape, network, folder, java)) {
      Workload load = new Workload(cluster, seed);
      Timeline timeline = new Timeline();
      Faults faults = new Faults(cluster, timeline);
      long begin = System.nanoTime();
      load.start(visitors);
      Optional<String> error = Optional.empty();
      try {
        faults.calm(BEFORE);
        script.run(faults, new Pace(length, new java.util.Random(seed)));
        faults.calm(AFTER);
      } catch (IOException e) {
        error = Optional.of(String.valueOf(e.getMessage()));
      }
      List<Violation> violations = new ArrayList<>(load.finish());
      Checker found = Checker.check(load.history());
      violations.addAll(found.violations());
      return new Result(
          this, begin, load.history(), load.samples(), timeline, violations, found.undone(), error);
    }
  }

  /** What is done to the gateways. */
  @FunctionalInterface
  interface Script {
    void run(Faults faults, Pace pace) throws IOException, InterruptedException;
  }

  /** How long to go on, and chance. */
  static final class Pace {
    private final long end;
    private final RandomGenerator random;

    private Pace(Duration length, RandomGenerator random) {
      this.end = System.nanoTime() + length.toNanos();
      this.random = random;
    }

    boolean goesOn() {
      return System.nanoTime() < end;
    }

    RandomGenerator random() {
      return random;
    }
  }
}
