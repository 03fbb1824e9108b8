package dev.kinto.gateway.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What can happen to gateways. Each method ends when all of them are ready again. */
final class Faults {
  /** An operator may not be needed, and this is how long it may take (issue of the grid). */
  static final Duration HEAL_LIMIT = Duration.ofSeconds(15);

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final Timeline timeline;

  Faults(Cluster cluster, Timeline timeline) {
    this.cluster = cluster;
    this.timeline = timeline;
  }

  Cluster cluster() {
    return cluster;
  }

  /** Lets the load go on. */
  void calm(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }

  /** {@code kill -9}; the gateway is started again after a while. */
  void kill(int node, Duration away) throws IOException, InterruptedException {
    during(
        "kill -9 of " + node,
        () -> {
          cluster.process(node).kill();
          calm(away);
          cluster.process(node).startAgain();
        },
        START_LIMIT);
  }

  /** {@code kill -9} of all, which are started again in another order. */
  void killAll(int first) throws IOException, InterruptedException {
    during(
        "kill -9 of all",
        () -> {
          for (int node : cluster.nodes()) {
            cluster.process(node).kill();
          }
          int count = cluster.nodes().size();
          for (int i = 0; i < count; i++) {
            cluster.process(1 + (first - 1 + i) % count).startAgain();
            calm(Duration.ofSeconds(1));
          }
        },
        START_LIMIT);
  }

  /**
   * {@code kill -9} of one, and later of the others, which start again without it and serve; it
   * comes back after a while, with what it has on its disk.
   */
  void killAllBut(int missing, Duration away) throws IOException, InterruptedException {
    during(
        "kill -9 of all, %d missing".formatted(missing),
        () -> {
          cluster.process(missing).kill();
          calm(away);
          List<Integer> others = cluster.nodes().stream().filter(node -> node != missing).toList();
          for (int node : others) {
            cluster.process(node).kill();
          }
          for (int node : others) {
            cluster.process(node).startAgain();
          }
          for (int node : others) {
            cluster.awaitReady(node, START_LIMIT);
          }
          calm(away);
          cluster.process(missing).startAgain();
        },
        START_LIMIT);
  }

  /** SIGSTOP of all, as when their host is paused. */
  void freezeAll(Duration time) throws IOException, InterruptedException {
    during(
        "SIGSTOP of all for %.1f s".formatted(time.toMillis() / 1e3),
        () -> {
          for (int node : cluster.nodes()) {
            cluster.process(node).signal("STOP");
          }
          calm(time);
          for (int node : cluster.nodes()) {
            cluster.process(node).signal("CONT");
          }
        },
        HEAL_LIMIT);
  }

  /** SIGTERM; the gateway is started again as soon as it has ended. */
  void restart(int node) throws IOException, InterruptedException {
    during(
        "SIGTERM of " + node,
        () -> {
          cluster.process(node).terminate();
          cluster.process(node).startAgain();
        },
        START_LIMIT);
  }

  /** SIGTERM; another build of the gateway is started then, with the same configuration. */
  void replace(int node, String jar) throws IOException, InterruptedException {
    during(
        "another build for " + node,
        () -> {
          cluster.process(node).terminate();
          cluster.process(node).use(jar);
          cluster.process(node).startAgain();
        },
        START_LIMIT);
  }

  /** SIGSTOP, and SIGCONT after a while. */
  void freeze(int node, Duration time) throws IOException, InterruptedException {
    during(
        "SIGSTOP of %d for %.1f s".formatted(node, time.toMillis() / 1e3),
        () -> {
          cluster.process(node).signal("STOP");
          calm(time);
          cluster.process(node).signal("CONT");
        },
        HEAL_LIMIT);
  }

  /** One gateway and the others do not hear one another. */
  void isolate(int node, Duration time) throws IOException, InterruptedException {
    cut("%d cut off".formatted(node), () -> cluster.isolate(node), time);
  }

  /** The others do not hear one gateway, which hears them. */
  void mute(int node, Duration time) throws IOException, InterruptedException {
    cut("%d not heard".formatted(node), () -> cluster.cutFrom(node), time);
  }

  /** One gateway does not hear the others, which hear it. */
  void deafen(int node, Duration time) throws IOException, InterruptedException {
    cut("%d hears nobody".formatted(node), () -> cluster.cutTo(node), time);
  }

  /** No gateway hears another one, as when their switch is started again. */
  void scatter(Duration time) throws IOException, InterruptedException {
    during(
        "all cut off",
        () -> {
          for (int node : cluster.nodes()) {
            cluster.cutFrom(node);
          }
          calm(time);
          cluster.healAll();
        },
        HEAL_LIMIT);
  }

  private void cut(String what, Step begin, Duration time)
      throws IOException, InterruptedException {
    during(
        what,
        () -> {
          begin.run();
          calm(time);
          cluster.healAll();
        },
        HEAL_LIMIT);
  }

  /** A cut that comes and goes. */
  void flap(int node, int times, Duration cut, Duration whole)
      throws IOException, InterruptedException {
    during(
        "%d cut off %d times".formatted(node, times),
        () -> {
          for (int i = 0; i < times; i++) {
            cluster.isolate(node);
            calm(cut);
            cluster.healAll();
            calm(whole);
          }
        },
        HEAL_LIMIT);
  }

  /** Does something bad, and waits until it is over. */
  void during(String what, Step step, Duration limit) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    step.run();
    long end = System.nanoTime();
    timeline.add(what, begin, end);
    for (int node : cluster.nodes()) {
      cluster.awaitReady(node, limit.minusNanos(System.nanoTime() - end));
    }
    timeline.recovered(Duration.ofNanos(System.nanoTime() - end));
  }

  /** A part of a fault. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException, InterruptedException;
  }
}
