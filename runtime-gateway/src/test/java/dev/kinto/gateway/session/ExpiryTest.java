package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.FreePorts;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.grid.Member;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.manifest.FieldName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CachePeekMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions end to the second in real grids, by real clocks (contract C24). */
@Timeout(120)
class ExpiryTest {
  private static final TokenKeys KEYS =
      TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));
  private static final int CAP = 40;
  private static final SessionRules RULES =
      new SessionRules(
          Duration.ofSeconds(30),
          SessionLimits.DEFAULT,
          _ -> new SessionBudget(CAP, OptionalInt.of(CAP), OptionalLong.empty()));
  private static final Duration HOUR = Duration.ofHours(1);

  /** Long enough for a slow machine to begin a session and log it in. */
  private static final Duration LIFE = Duration.ofSeconds(8);

  private static final SessionChange LOGIN =
      new SessionChange(
          List.of(new Assignment(new FieldName("auth-userId"), Optional.of("7"))), false);

  @TempDir private Path folder;
  private final List<SessionGrid> grids = new ArrayList<>();
  private final InstantSource clock = InstantSource.system();

  @AfterEach
  void stop() {
    grids.forEach(SessionGrid::close);
  }

  private SessionGrid start(GridSettings settings, Path directory) {
    SessionGrid grid = SessionGrid.start(settings, directory, KEYS, Set.of());
    grids.add(grid);
    return grid;
  }

  private Sessions sessions(SessionGrid grid) {
    return new Sessions(grid, KEYS, clock, RULES, (_, _) -> true);
  }

  private List<Sessions> startThree() throws InterruptedException {
    List<Integer> ports = FreePorts.of(6);
    List<Member> members =
        ports.subList(0, 3).stream().map(port -> new Member("127.0.0.1", port)).toList();
    for (int node = 0; node < 3; node++) {
      NodeAddress address =
          new NodeAddress("127.0.0.1", ports.get(node), ports.get(3 + node), OptionalInt.empty());
      start(
          new Cluster(
              Storage.ofMemory(32 << 20),
              "trial",
              address,
              members,
              3,
              Optional.empty(),
              1,
              Optional.empty()),
          folder.resolve("node-" + node));
    }
    for (SessionGrid each : grids) {
      await(each::isAvailable);
    }
    return grids.stream().map(this::sessions).toList();
  }

  private SessionGrid startOnDisk() {
    Storage storage = new Storage(64 << 20, Optional.of(folder.resolve("disk")), false);
    return start(new GridSettings.Embedded(storage), folder.resolve("node"));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  /** Used and unused ones by turns, which live so long however they are used. */
  private static List<Sessions.IssuedToken> begin(
      List<Sessions> gateways, int count, Duration life) {
    List<Sessions.IssuedToken> begun = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Sessions gateway = gateways.get(i % gateways.size());
      begun.add(issue(gateway, new SessionLifetime(HOUR, HOUR, life, life)));
      if (i % 2 == 0) {
        gateway.apply(begun.getLast().session(), LOGIN);
      }
    }
    return begun;
  }

  /** Nodes of a grid that was just started may find each other once more. */
  private static Sessions.IssuedToken issue(Sessions gateway, SessionLifetime lifetime) {
    while (true) {
      try {
        return gateway.issue("demo-web", "demo", lifetime);
      } catch (Refusal e) {
        if (e.code() != ProblemCode.GRID_UNAVAILABLE) {
          throw e;
        }
      }
    }
  }

  private static boolean lives(Sessions gateway, String token) {
    try {
      gateway.authenticate(token);
      return true;
    } catch (Refusal e) {
      assertEquals(ProblemCode.SESSION_ENDED, e.code());
      return false;
    }
  }

  /** How many entries and copies there are in the nodes of this test. */
  private long entries() {
    return Ignition.allGrids().stream()
        .filter(node -> node.configuration().getWorkDirectory().startsWith(folder.toString()))
        .mapToLong(
            node ->
                node.cache("sessions").localSizeLong(CachePeekMode.PRIMARY, CachePeekMode.BACKUP))
        .sum();
  }

  @Test
  void sessionsEndToTheSecondOnAllNodesAndAreSweptUp() throws Exception {
    List<Sessions> gateways = startThree();
    List<Sessions.IssuedToken> begun = begin(gateways, CAP, LIFE);
    assertTrue(entries() > 0);
    int turn = 0;
    List<Sessions.IssuedToken> living = new ArrayList<>(begun);
    while (!living.isEmpty()) {
      Sessions gateway = gateways.get(turn++ % gateways.size());
      Sessions.IssuedToken token = living.get(turn % living.size());
      Instant end = token.session().createdAt().plus(LIFE);
      Instant before = clock.instant();
      boolean lives = lives(gateway, token.text());
      if (lives) {
        assertTrue(before.isBefore(end), "it lived at " + before + ", and was to end at " + end);
      } else {
        assertFalse(clock.instant().isBefore(end), "it ended too early, before " + end);
        living.remove(token);
      }
    }
    await(() -> entries() == 0);
    assertEquals(CAP, begin(gateways, CAP, HOUR).size(), "they take no place any more");
  }

  /** C22, C24: what has run out meanwhile is gone, what lives is there, and is counted. */
  @Test
  void whatRunsOutWhileAllNodesAreDownIsGoneAfterTheStart() throws Exception {
    SessionGrid first = startOnDisk();
    List<Sessions.IssuedToken> staying = begin(List.of(sessions(first)), CAP / 2, HOUR);
    List<Sessions.IssuedToken> passing = begin(List.of(sessions(first)), CAP / 2, LIFE);
    grids.remove(first);
    first.close();
    Instant end = passing.getLast().session().createdAt().plus(LIFE);
    await(() -> !clock.instant().isBefore(end));
    Sessions second = sessions(startOnDisk());
    assertTrue(passing.stream().noneMatch(each -> lives(second, each.text())));
    await(() -> entries() == CAP / 2);
    assertTrue(staying.stream().allMatch(each -> lives(second, each.text())));
    List<Sessions.IssuedToken> more = begin(List.of(second), CAP / 2, HOUR);
    assertTrue(
        Stream.of(staying, more).flatMap(List::stream).allMatch(each -> lives(second, each.text())),
        "there was room for as many as have ended");
    // Where all are used, none makes room.
    more.forEach(each -> second.apply(each.session(), LOGIN));
    staying.forEach(each -> second.apply(each.session(), LOGIN));
    assertThrows(Refusal.RateLimited.class, () -> begin(List.of(second), 1, HOUR));
  }
}
