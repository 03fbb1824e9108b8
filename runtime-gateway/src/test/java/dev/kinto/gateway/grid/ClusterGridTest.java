package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of one grid that come, go and are told apart (contract C37, C37a). */
@Timeout(180)
class ClusterGridTest {
  private static final Duration LIFE = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final List<Integer> ports = new ArrayList<>();
  private final List<Grid> grids = new ArrayList<>();

  @AfterEach
  void stop() {
    grids.forEach(Grid::close);
  }

  private Grid start(int node, int size) {
    return start(settings(node, size, "trial"), node);
  }

  private Grid start(Cluster settings, int node) {
    return start(settings, node, "k1");
  }

  private Grid start(Cluster settings, int node, String... keys) {
    Grid grid = Grid.start(settings, folder.resolve("node-" + node), new Storing(List.of(keys)));
    grids.add(grid);
    return grid;
  }

  private Cluster settings(int node, int size, String name) {
    return settings(node, size, name, 32 << 20);
  }

  private Cluster settings(int node, int size, String name, long memory) {
    if (ports.isEmpty()) {
      ports.addAll(FreePorts.of(2 * size));
    }
    List<Member> members =
        ports.subList(0, size).stream().map(port -> new Member("127.0.0.1", port)).toList();
    return new Cluster(
        Storage.ofMemory(memory),
        name,
        new NodeAddress("127.0.0.1", ports.get(node), ports.get(size + node), OptionalInt.empty()),
        members,
        size,
        size % 2 == 0 ? Optional.of(members.getFirst()) : Optional.empty(),
        1,
        Optional.empty());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  private static void awaitReady(Grid... grids) throws InterruptedException {
    for (Grid each : grids) {
      await(each::isAvailable);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(Grid grid) {
    assertFalse(grid.isAvailable());
    assertEquals(
        ProblemCode.GRID_UNAVAILABLE,
        assertThrows(Refusal.class, () -> grid.get(UUID.randomUUID())).code());
    assertEquals(
        ProblemCode.GRID_UNAVAILABLE,
        assertThrows(Refusal.class, () -> grid.run(UUID.randomUUID(), bytes("x"), LIFE)).code());
  }

  /** As a failure does it: without a word to the gateway around it. */
  private void stopNode(int node) {
    String directory = folder.resolve("node-" + node).toString();
    Ignite ignite =
        Ignition.allGrids().stream()
            .filter(each -> each.configuration().getWorkDirectory().equals(directory))
            .findFirst()
            .orElseThrow();
    assertTrue(Ignition.stop(ignite.name(), true));
  }

  @Test
  void whatOneWritesAllRead() throws Exception {
    Grid first = start(0, 3);
    assertRefused(first);
    Grid second = start(1, 3);
    awaitReady(first, second);
    Grid third = start(2, 3);
    awaitReady(third);
    for (int i = 0; i < 300; i++) {
      UUID key = UUID.randomUUID();
      Grid writer = grids.get(i % 3);
      writer.run(key, bytes("value " + i), LIFE);
      for (Grid reader : grids) {
        assertArrayEquals(bytes("value " + i), reader.get(key).orElseThrow());
      }
    }
  }

  /** Ignite by itself would wait for the others without an end. */
  @Test
  void membersNeedNotNameTheNodeItself() throws Exception {
    List<Cluster> settings = List.of(settings(0, 3, "trial"), settings(1, 3, "trial"));
    for (int node = 0; node < 2; node++) {
      int here = ports.get(node);
      Cluster all = settings.get(node);
      start(withMembers(all, all.members().stream().filter(m -> m.port() != here).toList()), node);
    }
    awaitReady(grids.toArray(Grid[]::new));
  }

  /** A name that has no address yet. */
  @Test
  void membersNeedHaveNoAddressYet() {
    Cluster settings = settings(0, 3, "trial");
    assertRefused(start(withMembers(settings, List.of(new Member("none.invalid", 47500))), 0));
  }

  private static Cluster withMembers(Cluster settings, List<Member> members) {
    return new Cluster(
        settings.storage(),
        settings.name(),
        settings.address(),
        members,
        settings.size(),
        settings.tiebreaker(),
        settings.backups(),
        settings.tls());
  }

  /** C37: one that leaves in order takes nothing with it; without a majority nobody is served. */
  @Test
  void nothingIsLostWithOneAndNothingIsServedByOne() throws Exception {
    start(0, 3);
    start(1, 3);
    start(2, 3);
    awaitReady(grids.toArray(Grid[]::new));
    List<UUID> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.add(UUID.randomUUID());
      grids.getFirst().run(keys.getLast(), bytes("kept"), LIFE);
    }
    grids.removeLast().close();
    for (UUID key : keys) {
      assertArrayEquals(bytes("kept"), grids.getFirst().get(key).orElseThrow());
    }
    grids.removeLast().close();
    Grid last = grids.getFirst();
    await(() -> !last.isAvailable());
    assertRefused(last);
  }

  /** C37a: whoever was told that the others go on without him joins them, in the same process. */
  @Test
  void aNodeThatStoppedJoinsAgain() throws Exception {
    start(0, 3);
    start(1, 3);
    Grid third = start(2, 3);
    awaitReady(grids.toArray(Grid[]::new));
    UUID key = UUID.randomUUID();
    third.run(key, bytes("before"), LIFE);
    stopNode(2);
    grids.getFirst().run(key, bytes("after"), LIFE);
    awaitReady(third);
    assertArrayEquals(bytes("after"), third.get(key).orElseThrow());
  }

  /** Both sides of a split that began apart become one grid, which Ignite does not do. */
  @Test
  void ofTwoNodesTheOneWithTheTiebreakerServes() throws Exception {
    Grid first = start(0, 2);
    awaitReady(first);
    UUID key = UUID.randomUUID();
    first.run(key, bytes("alone"), LIFE);
    Grid second = start(1, 2);
    awaitReady(second);
    assertArrayEquals(bytes("alone"), second.get(key).orElseThrow());
    first.close();
    grids.remove(first);
    await(() -> !second.isAvailable());
    assertRefused(second);
    Grid again = start(0, 2);
    awaitReady(again, second);
  }

  private String refusal(Cluster settings, String... keys) {
    return String.valueOf(
        assertThrows(IllegalStateException.class, () -> start(settings, 2, keys)).getMessage());
  }

  @Test
  void whatCannotBeOneGridIsRefusedWithTheMend() throws Exception {
    start(0, 3);
    start(1, 3);
    awaitReady(grids.toArray(Grid[]::new));
    String name = refusal(settings(2, 3, "other"), "k1");
    assertTrue(name.contains("grid.name is other, but trial at 127.0.0.1:"), name);
    String keys = refusal(settings(2, 3, "trial"), "k2");
    assertTrue(keys.contains("tokens.keys are not those at 127.0.0.1:"), keys);
    // It signs with a key that the others do not know yet.
    assertTrue(refusal(settings(2, 3, "trial"), "k2", "k1").contains("tokens.keys"));
    assertTrue(grids.getFirst().isAvailable());
    awaitReady(start(settings(2, 3, "trial"), 2, "k1", "k2"));
  }

  /** It is raised in one node after the other, and a refusal would end all sessions for it. */
  @Test
  void anotherMemoryIsSaidByAllAndJoins() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Logger log = Logger.getLogger(MemberNode.class.getName());
    log.setFilter(entry -> said.add(entry.getMessage()));
    try {
      Grid first = start(0, 3);
      Grid second = start(1, 3);
      awaitReady(first, second);
      assertEquals(List.of(), said);
      awaitReady(start(settings(2, 3, "trial", 48 << 20), 2));
      String small = "grid.memory is 32 MiB here and 48 MiB at 127.0.0.1:" + ports.get(2) + ". ";
      await(() -> said.stream().filter(each -> each.startsWith(small)).count() == 2);
      for (int node = 0; node < 2; node++) {
        String large = "grid.memory is 48 MiB here and 32 MiB at 127.0.0.1:" + ports.get(node);
        await(() -> said.stream().anyMatch(each -> each.startsWith(large + ". ")));
      }
      assertEquals(4, said.size(), said.toString());
    } finally {
      log.setFilter(null);
    }
  }

  /** With one backup, two that die at once take what only they had; the others go on. */
  @Test
  void whereNoCopyIsLeftNewEntriesHaveRoom() throws Exception {
    for (int node = 0; node < 5; node++) {
      start(node, 5);
    }
    awaitReady(grids.toArray(Grid[]::new));
    Thread other = Thread.ofPlatform().start(() -> stopNode(3));
    stopNode(4);
    other.join();
    Grid first = grids.getFirst();
    for (int i = 0; i < 300; i++) {
      UUID key = UUID.randomUUID();
      first.run(key, bytes("new"), LIFE);
      assertArrayEquals(bytes("new"), first.get(key).orElseThrow());
    }
    awaitReady(grids.toArray(Grid[]::new));
  }
}
