package dev.kinto.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rates and percentiles are counted with. */
class TrafficCountsTest {
  private static final Duration SPAN = Duration.ofSeconds(10);

  /** Any origin, also one that is negative or close to its end, as System.nanoTime may have. */
  @ParameterizedTest
  @ValueSource(longs = {0, 77_000_000_000L, -77_000_000_000L, Long.MAX_VALUE - 60_000_000_000L})
  void aTimelineForgetsWhatIsTooOld(long origin) {
    long begin = Math.floorDiv(origin, SPAN.toNanos()) * SPAN.toNanos();
    Timeline line = new Timeline(2, SPAN, 2);
    line.add(begin, 0, 1);
    line.add(begin + 1, 0);

    assertArrayEquals(new double[] {2, 1}, line.counts(begin + 2, 0));
    assertArrayEquals(new double[] {2, 1}, line.counts(begin + SPAN.toNanos(), 1));
    assertArrayEquals(new double[] {0, 0}, line.counts(begin + SPAN.toNanos(), 0));
    assertArrayEquals(new double[] {1, 0.5}, line.lately(begin + 3 * SPAN.toNanos() / 2));
    assertArrayEquals(new double[] {0, 0}, line.lately(begin + 2 * SPAN.toNanos()));
    line.add(begin + 2 * SPAN.toNanos(), 1);
    assertArrayEquals(new double[] {0, 1}, line.lately(begin + 2 * SPAN.toNanos()));
  }

  @Test
  void noneIsLostOfWhatManyCountAtOnce() {
    Timeline line = new Timeline(2, SPAN, 1);
    IntStream.range(0, 100_000).parallel().forEach(_ -> line.add(5, 0));

    assertEquals(100_000, line.counts(5, 0)[0]);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 63, 64, 79, 80, 999, 1_000, 123_456, 9_999_999, 66_000_000})
  void aPercentileIsOffByAnEighthAtMost(long micros) {
    double[] counts = new double[LatencyBuckets.COUNT];
    counts[LatencyBuckets.of(Duration.ofNanos(micros * 1_000))] = 1;
    double found = 1_000 * LatencyBuckets.percentile(counts, 0, 0.5).orElseThrow();

    assertTrue(Math.abs(found - micros) <= Math.max(64, micros / 8.0), found + " for " + micros);
  }

  @Test
  void percentilesAreOfAllThatWasCounted() {
    double[] counts = new double[1 + LatencyBuckets.COUNT];
    for (int millis = 1; millis <= 100; millis++) {
      counts[1 + LatencyBuckets.of(Duration.ofMillis(millis))]++;
    }

    assertEquals(50, LatencyBuckets.percentile(counts, 1, 0.5).orElseThrow(), 6);
    assertEquals(95, LatencyBuckets.percentile(counts, 1, 0.95).orElseThrow(), 12);
    assertEquals(Optional.empty(), LatencyBuckets.percentile(new double[200], 0, 0.5));
    assertEquals(
        LatencyBuckets.COUNT - 1, LatencyBuckets.of(Duration.ofDays(1)), "no time is too long");
  }

  @Test
  void anHourIsToldStepByStep() {
    Flow.Hour hour = new Flow.Hour();
    long now = Duration.ofHours(5).toNanos() + 3;
    hour.count(200, Duration.ofMillis(5), now - Duration.ofSeconds(15).toNanos());
    hour.count(503, Duration.ofMillis(5), now - Duration.ofSeconds(5).toNanos());
    hour.count(404, Duration.ofMillis(5), now);
    List<TrafficView.PastView> past = hour.view(now, Instant.ofEpochSecond(100));

    assertEquals(360, past.size());
    TrafficView.PastView last = past.getLast();
    assertEquals(Instant.ofEpochSecond(90).minusNanos(3), last.at());
    assertEquals(1, last.calls());
    assertEquals(1, last.serverErrors());
    assertEquals(1, past.get(358).calls());
    assertEquals(0, past.get(357).calls(), "and the running step is not over");
  }
}
