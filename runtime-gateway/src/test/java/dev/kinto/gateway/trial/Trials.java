package dev.kinto.gateway.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** All trials. Each does its faults at least once, and then again until its time is over. */
final class Trials {
  private static final Duration CALM = Duration.ofSeconds(3);

  /** Longer than the grid takes to notice that somebody is gone. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private Trials() {}

  static List<Trial> all() {
    return List.of(
        new Trial("alone", Shape.one(), false, true, Trials::nothing),
        new Trial("quiet", Shape.three(), false, true, Trials::nothing),
        new Trial("kill", Shape.three(), false, true, Trials::kill),
        new Trial("rolling", Shape.three(), false, true, Trials::rolling),
        new Trial("coming-and-going", Shape.three(), false, true, Trials::comingAndGoing),
        new Trial("short-freeze", Shape.three(), false, true, Trials::shortFreeze),
        new Trial("long-freeze", Shape.three(), false, false, Trials::longFreeze),
        new Trial("cut", Shape.three(), true, false, Trials::cut),
        new Trial("one-way-cuts", Shape.three(), true, false, Trials::oneWayCuts),
        new Trial("flapping", Shape.three(), true, false, Trials::flapping),
        new Trial("two-gateways", Shape.two(), true, false, Trials::two),
        new Trial("all-killed", Shape.persistentThree(), false, false, Trials::allKilled),
        new Trial("one-missing", Shape.persistentThree(), false, false, Trials::oneMissing),
        new Trial("disks-frozen", Shape.persistentThree(), false, false, Trials::allFrozen),
        new Trial("disks-apart", Shape.persistentThree(), true, false, Trials::allApart),
        new Trial(
            "disks-everything", Shape.persistentThree(), true, false, Trials::everythingOnDisks),
        new Trial("alone-killed", Shape.persistentOne(), false, false, Trials::allKilled),
        new Trial("everything", Shape.three(), true, false, Trials::everything));
  }

  /** What docs/grid.md says is not promised: these find sessions lost that were only in memory. */
  static List<Trial> unpromised() {
    return List.of(
        new Trial("all-frozen", Shape.three(), false, false, Trials::allFrozen),
        new Trial("all-apart", Shape.three(), true, false, Trials::allApart));
  }

  /**
   * One gateway after the other is replaced by an earlier build and by this one again: a rolling
   * upgrade and back, in which both share a grid (contract C37b).
   */
  static Trial upgrade(String oldJar, String jar) {
    return new Trial(
        "upgrade",
        Shape.persistentThree(),
        false,
        true,
        (faults, _) -> {
          for (String each : List.of(oldJar, jar)) {
            for (int node : faults.cluster().nodes()) {
              faults.replace(node, each);
              faults.calm(CALM);
            }
          }
        });
  }

  /**
   * What a build has the time for, of those that need no cuts; with the failures that none may be.
   */
  static Trial shortUnbroken() {
    return new Trial(
        "short-unbroken",
        Shape.three(),
        false,
        true,
        (faults, _) -> {
          faults.kill(1, CALM);
          faults.calm(CALM);
          faults.restart(2);
          faults.restart(3);
        });
  }

  /** What a build has the time for, of the others. */
  static Trial shortFrozen() {
    return new Trial(
        "short-frozen",
        Shape.three(),
        false,
        false,
        (faults, _) -> {
          faults.freeze(1, Duration.ofSeconds(2));
          faults.calm(CALM);
          faults.freeze(2, Duration.ofSeconds(8));
        });
  }

  /** What a build has the time for, of the cuts. */
  static Trial shortCut() {
    return new Trial(
        "short-cut",
        Shape.three(),
        true,
        false,
        (faults, _) -> {
          Duration time = Duration.ofSeconds(6);
          faults.isolate(1, time);
          faults.calm(CALM);
          faults.mute(2, time);
          faults.calm(CALM);
          faults.deafen(3, time);
          faults.calm(CALM);
          faults.flap(1, 3, Duration.ofSeconds(1), Duration.ofSeconds(1));
        });
  }

  /** What a build has the time for, of those that need disks. */
  static Trial shortKilled() {
    return new Trial(
        "short-killed",
        Shape.persistentThree(),
        false,
        false,
        (faults, _) -> {
          faults.killAll(2);
          faults.calm(CALM);
          faults.killAllBut(1, CALM);
        });
  }

  /** Three gateways without a grid: every check of consistency must find something. */
  static Trial unconnected() {
    return new Trial("unconnected", Shape.unconnected(), false, false, Trials::nothing);
  }

  /** What the load costs when all is well. */
  private static void nothing(Faults faults, Trial.Pace pace) throws InterruptedException {
    do {
      faults.calm(CALM);
    } while (pace.goesOn());
  }

  private static void repeat(Trial.Pace pace, Round round)
      throws IOException, InterruptedException {
    int number = 0;
    do {
      round.run(1 + number++ % 3);
    } while (pace.goesOn());
  }

  private static void kill(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.kill(node, CALM);
          faults.calm(CALM);
        });
  }

  private static void rolling(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        _ -> {
          for (int node : faults.cluster().nodes()) {
            faults.restart(node);
          }
        });
  }

  private static void comingAndGoing(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        _ -> {
          faults.restart(2);
          faults.restart(3);
        });
  }

  private static void shortFreeze(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.freeze(node, Duration.ofSeconds(2));
          faults.calm(CALM);
        });
  }

  private static void longFreeze(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.freeze(node, Duration.ofSeconds(20));
          faults.calm(CALM);
        });
  }

  private static void cut(Faults faults, Trial.Pace pace) throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.isolate(node, LONG);
          faults.calm(CALM);
        });
  }

  private static void oneWayCuts(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.mute(node, LONG);
          faults.calm(CALM);
          faults.deafen(node, LONG);
          faults.calm(CALM);
        });
  }

  private static void flapping(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.flap(node, 5, Duration.ofSeconds(1), Duration.ofSeconds(1));
          faults.calm(CALM);
          faults.flap(node, 3, Duration.ofSeconds(4), Duration.ofSeconds(2));
          faults.calm(CALM);
        });
  }

  /** The first gateway is the tiebreaker: it goes on alone, the other does not. */
  private static void two(Faults faults, Trial.Pace pace) throws IOException, InterruptedException {
    repeat(
        pace,
        _ -> {
          faults.isolate(1, LONG);
          faults.calm(CALM);
          faults.kill(2, CALM);
          faults.calm(CALM);
          faults.restart(2);
          faults.freeze(1, Duration.ofSeconds(2));
          faults.calm(CALM);
        });
  }

  private static void allFrozen(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        _ -> {
          faults.freezeAll(LONG);
          faults.calm(CALM);
        });
  }

  private static void allApart(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        _ -> {
          faults.scatter(LONG);
          faults.calm(CALM);
        });
  }

  private static void allKilled(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        first -> {
          faults.killAll(first);
          faults.calm(CALM);
        });
  }

  /**
   * One is killed, then all others; those start while it is away, and it comes with an old disk.
   */
  private static void oneMissing(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    repeat(
        pace,
        node -> {
          faults.killAllBut(node, CALM);
          faults.calm(CALM);
        });
  }

  private static void everythingOnDisks(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    RandomGenerator random = pace.random();
    do {
      int node = 1 + random.nextInt(3);
      Duration time = Duration.ofMillis(random.nextLong(200, 12_000));
      switch (random.nextInt(6)) {
        case 0 -> faults.killAll(node);
        case 1 -> faults.killAllBut(node, time);
        case 2 -> faults.freezeAll(time);
        case 3 -> faults.scatter(time);
        case 4 -> faults.isolate(node, time);
        default -> faults.kill(node, time);
      }
      faults.calm(Duration.ofMillis(random.nextLong(0, 3_000)));
    } while (pace.goesOn());
  }

  private static void everything(Faults faults, Trial.Pace pace)
      throws IOException, InterruptedException {
    RandomGenerator random = pace.random();
    do {
      int node = 1 + random.nextInt(3);
      Duration time = Duration.ofMillis(random.nextLong(200, 12_000));
      switch (random.nextInt(7)) {
        case 0 -> faults.kill(node, time);
        case 1 -> faults.restart(node);
        case 2 -> faults.freeze(node, time);
        case 3 -> faults.isolate(node, time);
        case 4 -> faults.mute(node, time);
        case 5 -> faults.deafen(node, time);
        default ->
            faults.flap(
                node,
                1 + random.nextInt(5),
                Duration.ofMillis(random.nextLong(100, 4_000)),
                Duration.ofMillis(random.nextLong(100, 4_000)));
      }
      faults.calm(Duration.ofMillis(random.nextLong(0, 3_000)));
    } while (pace.goesOn());
  }

  /** One round of a trial, with the gateway whose turn it is. */
  @FunctionalInterface
  private interface Round {
    void run(int node) throws IOException, InterruptedException;
  }
}
