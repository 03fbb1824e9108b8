package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridMemory;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.manifest.FieldName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reserve of the smallest memory under many at once (contract C22): however they add, and
 * however large the sessions are, those that are there go on. A write that finds no page damages
 * the index, and then some sessions can never be read again.
 */
@Timeout(300)
class RoomTest {
  private static final int AT_ONCE = 300;

  private final AtomicLong later = new AtomicLong();
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

  @AutoClose private SessionGrid grid;
  private Sessions sessions;

  @BeforeEach
  void start(@TempDir Path folder) {
    TokenKeys keys =
        TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));
    SessionRules rules =
        new SessionRules(Duration.ofSeconds(30), SessionLimits.DEFAULT, _ -> SessionBudget.DEFAULT);
    InstantSource clock = () -> Instant.now().plusMillis(later.get());
    grid = TestGrid.in(folder, GridSettings.LEAST_MEMORY);
    sessions = new Sessions(grid, keys, clock, rules, (_, _) -> true);
  }

  @ParameterizedTest
  @CsvSource({"8, 7900", "3, 4000", "1, 1200"})
  void whateverIsAddedAtOnceTheReserveStays(int fields, int length) throws Exception {
    for (int round = 0; round < 3; round++) {
      many(AT_ONCE, _ -> fill(fields, length));
      assertEquals(GridMemory.FULL, grid.memory());
      later.addAndGet(Duration.ofMinutes(4).toMillis());
      List<String> all = List.copyOf(tokens);
      many(all.size(), i -> sessions.authenticate(all.get(i)));
      tokens.clear();
      many(all.size(), i -> tokens.add(sessions.rotate(sessions.find(all.get(i))).text()));
      List<String> rotated = List.copyOf(tokens);
      many(rotated.size(), i -> sessions.apply(sessions.find(rotated.get(i)), set(0, 1)));
      many(rotated.size() / 2, i -> end(rotated.get(i)));
    }
  }

  private void fill(int fields, int length) {
    try {
      while (true) {
        Sessions.IssuedToken token = sessions.issue("demo", "demo", SessionLifetime.DEFAULT);
        sessions.apply(token.session(), set(0, 1));
        tokens.add(token.text());
        for (int i = 0; i < fields; i++) {
          sessions.apply(token.session(), set(i, length));
        }
      }
    } catch (Refusal e) {
      assertTrue(e.getMessage().contains("memory for sessions is full"), e.toString());
    }
  }

  private void end(String token) {
    sessions.end(sessions.find(token));
    tokens.remove(token);
  }

  private static SessionChange set(int field, int length) {
    return new SessionChange(
        List.of(new Assignment(new FieldName("auth-f" + field), Optional.of("x".repeat(length)))),
        false);
  }

  private interface Step {
    void run(int i);
  }

  private static void many(int count, Step step) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> all =
          IntStream.range(0, count).mapToObj(i -> threads.submit(() -> step.run(i))).toList();
      for (Future<?> each : all) {
        each.get();
      }
    }
  }
}
