package dev.kinto.gateway.contracts;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.MicroserviceName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger's manifest costs little, whatever is in it (contract C42). */
class WorstManifestsTest {
  private static final Map<String, String> ALL = WorstManifests.all();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What is quadratic takes minutes here; what is not, a second for all of its comparisons. */
  private static final Duration MOST = Duration.ofSeconds(20);

  private static final int MOST_LINES = 60;

  static Set<String> names() {
    return ALL.keySet();
  }

  /** Processor time: what else the machine does is not counted. */
  @ParameterizedTest
  @MethodSource("names")
  void aManifestIsJudgedInBoundedTimeAndFewLines(String name) {
    long begin = THREADS.getCurrentThreadCpuTime();
    int lines = WorstCaseWork.judge(ALL.get(name), ALL);
    long took = THREADS.getCurrentThreadCpuTime() - begin;
    assertTrue(took < MOST.toNanos(), name + " took " + Duration.ofNanos(took));
    assertTrue(lines <= MOST_LINES, name + " gives " + lines + " lines");
  }

  private static String problem(String name) {
    return assertThrows(
            InvalidManifestException.class,
            () ->
                ManifestReader.read(
                    ALL.get(name), new MicroserviceName("shop"), ManifestLimits.PULLED))
        .problems()
        .getFirst()
        .toString();
  }

  @Test
  void theLimitsAreNamed() {
    assertTrue(
        problem("15,000 routes").startsWith("/routes: a manifest that is pulled has at most 5000"));
    assertTrue(
        problem("a route with 20,000 reads")
            .startsWith("/routes/0: a route of a manifest that is pulled has at most 256"));
    assertTrue(
        problem("a read with a long name")
            .contains("A field name has at most 128 characters. Found 800001: \"x-x-"));
    assertTrue(problem("paths that fork at each segment").contains("Give these routes different"));
    assertTrue(problem("a path of parameters").contains("A path has at most 128 segments"));
  }
}
