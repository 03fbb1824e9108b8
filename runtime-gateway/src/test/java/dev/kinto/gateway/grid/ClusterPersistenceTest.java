package dev.kinto.gateway.grid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disks of a grid, after all its nodes were away at the same time (C37). */
@Timeout(180)
class ClusterPersistenceTest {
  private static final int SIZE = 3;
  private static final int ENTRIES = 200;
  private static final Duration LIFE = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.of(2 * SIZE);
  private final Map<Integer, Grid> running = new TreeMap<>();
  private final Map<UUID, String> written = new TreeMap<>();

  @AfterEach
  void stopAll() {
    running.values().forEach(Grid::close);
  }

  private void stop(int... nodes) {
    for (int node : nodes) {
      Grid grid = running.remove(node);
      if (grid != null) {
        grid.close();
      }
    }
  }

  private void start(int... nodes) throws InterruptedException {
    begin(nodes);
    for (Grid each : running.values()) {
      while (!each.isAvailable()) {
        Thread.sleep(20);
      }
    }
  }

  private void begin(int... nodes) {
    for (int node : nodes) {
      running.put(node, Grid.start(settings(node), folder.resolve("work-" + node), new Removing()));
    }
  }

  private Path disk(int node) {
    return folder.resolve("disk-" + node);
  }

  private Cluster settings(int node) {
    return new Cluster(
        new Storage(64 << 20, Optional.of(disk(node)), false),
        "trial",
        new NodeAddress("127.0.0.1", ports.get(node), ports.get(SIZE + node), OptionalInt.empty()),
        ports.subList(0, SIZE).stream().map(port -> new Member("127.0.0.1", port)).toList(),
        SIZE,
        Optional.empty(),
        1,
        Optional.empty());
  }

  /** Stores what the operation says, or removes what is there. */
  private record Removing() implements EntryOperations {
    @Override
    public byte[] run(byte[] operation, GridEntry entry) {
      if (operation.length == 0) {
        entry.remove();
      } else {
        entry.store(operation);
      }
      return operation;
    }

    @Override
    public long endsAt(byte[] stored) {
      return System.currentTimeMillis() + (new String(stored, UTF_8).equals("over") ? -1 : 60_000);
    }
  }

  private Grid any() {
    return running.values().iterator().next();
  }

  private void write(String value) {
    if (written.isEmpty()) {
      for (int i = 0; i < ENTRIES; i++) {
        written.put(UUID.randomUUID(), value);
      }
    }
    written.replaceAll((key, old) -> value);
    written.keySet().forEach(key -> any().run(key, value.getBytes(UTF_8), LIFE));
  }

  private void assertAllThere() {
    written.forEach(
        (key, value) ->
            running.forEach(
                (node, grid) ->
                    assertEquals(
                        Optional.of(value),
                        grid.get(key).map(bytes -> new String(bytes, UTF_8)),
                        "by node " + node)));
  }

  @Test
  void allStopAndStartInAnyOrder() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0, 1, 2);
    start(2, 0, 1);
    assertAllThere();
    write("second");
    stop(2, 0, 1);
    start(1, 2, 0);
    assertAllThere();
  }

  @Test
  void oneIsMissingForGood() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0, 1, 2);
    for (int missing = 0; missing < SIZE; missing++) {
      start((missing + 1) % SIZE, (missing + 2) % SIZE);
      assertAllThere();
      write("without " + missing);
      stop(0, 1, 2);
    }
    start(0, 1, 2);
    assertAllThere();
  }

  /** One alone does not know whether the others went on without it. */
  @Test
  void aMinorityServesNobody() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0, 1, 2);
    begin(1);
    for (int i = 0; i < 20; i++) {
      assertFalse(running.get(1).isAvailable());
      Thread.sleep(50);
    }
    start(2);
    assertAllThere();
  }

  /** What one has that was away is older, whoever starts first. */
  @Test
  void whatIsOlderNeverWins() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0);
    write("second");
    stop(1, 2);
    start(0, 1);
    assertAllThere();
    stop(1);
    start(2);
    assertAllThere();
  }

  @Test
  void whatWasRemovedStaysRemoved() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0);
    written.keySet().forEach(key -> any().run(key, new byte[0], LIFE));
    stop(1, 2);
    for (int other = 1; other < SIZE; other++) {
      start(0, other);
      written.keySet().forEach(key -> assertTrue(any().get(key).isEmpty()));
      stop(0, other);
    }
  }

  @Test
  void whatIsOverIsGone() throws Exception {
    start(0, 1, 2);
    write("over");
    stop(0, 1, 2);
    start(0, 1);
    written.keySet().forEach(key -> assertTrue(any().get(key).isEmpty()));
  }

  /** A disk is lost: another one takes its place, and then counts as the first one did. */
  @Test
  void aNewDiskIsFilledAndThenCounts() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0);
    clear(disk(0));
    start(0);
    stop(0, 1, 2);
    start(0, 2);
    assertAllThere();
    stop(0, 2);
    start(0, 1);
    assertAllThere();
  }

  /** A majority of new disks does not make those forget who know something. */
  @Test
  void newDisksAloneDoNotCount() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0, 1, 2);
    clear(disk(0));
    begin(0, 1);
    for (int i = 0; i < 20; i++) {
      assertFalse(running.get(1).isAvailable());
      Thread.sleep(50);
    }
    start(2);
    assertAllThere();
  }

  @Test
  void aFolderOfAnotherGridIsRefused() throws Exception {
    start(0, 1);
    write("first");
    stop(0, 1);
    clear(disk(0));
    start(0, 2);
    write("second");
    String text = assertThrows(RuntimeException.class, () -> begin(1)).getMessage();
    assertTrue(text.contains("Move the folder away"), text);
    clear(disk(1));
    start(1);
    assertAllThere();
  }

  @Test
  void aDamagedFileIsRefused() throws Exception {
    start(0, 1, 2);
    write("first");
    stop(0, 1, 2);
    try (var files = Files.list(disk(1).resolve("entries"))) {
      Path file = files.filter(each -> each.toFile().length() > 100).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[40] ^= 1;
      Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
    String text = assertThrows(RuntimeException.class, () -> begin(1)).getMessage();
    assertTrue(text.contains("is damaged at byte 0"), text);
    start(0, 2);
    assertAllThere();
    clear(disk(1));
    start(1);
    assertAllThere();
  }

  private static void clear(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Files.delete(each);
      }
    }
  }
}
