package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridSettings.Client;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that holds no data uses data nodes that come, go and fall silent (contract C37). */
@Timeout(180)
class ClientGridTest {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int SIZE = 3;
  private static final String HOST = "127.0.0.1";

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.of(3 * SIZE);
  private final List<Grid> dataNodes = new ArrayList<>();
  @AutoClose private @Nullable Grid client;

  @AfterEach
  void stop() {
    dataNodes.forEach(Grid::close);
  }

  private Grid startNode(int node) {
    List<Member> members =
        ports.subList(0, SIZE).stream().map(port -> new Member(HOST, port)).toList();
    Grid grid =
        Grid.start(
            new Cluster(
                Storage.ofMemory(32 << 20),
                "trial",
                new NodeAddress(
                    HOST,
                    ports.get(node),
                    ports.get(SIZE + node),
                    OptionalInt.of(ports.get(2 * SIZE + node))),
                members,
                SIZE,
                Optional.empty(),
                1,
                Optional.empty()),
            folder.resolve("node-" + node),
            Storing.FOR_NOBODY);
    dataNodes.add(grid);
    return grid;
  }

  private void startNodes() throws InterruptedException {
    for (int node = 0; node < SIZE; node++) {
      startNode(node);
    }
    for (Grid each : dataNodes) {
      await(each::isAvailable);
    }
  }

  private Grid startClient(String name, List<Integer> clientPorts) {
    Grid grid =
        Grid.start(
            new Client(
                name,
                clientPorts.stream().map(port -> new Member(HOST, port)).toList(),
                Optional.empty()),
            folder,
            Storing.FOR_NOBODY);
    client = grid;
    return grid;
  }

  private Grid startClient() {
    return startClient("trial", ports.subList(2 * SIZE, 3 * SIZE));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
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

  @Test
  void whatAClientWritesIsOnTheDataNodes() throws Exception {
    startNodes();
    Grid grid = startClient();
    await(grid::isAvailable);
    assertEquals(GridMemory.ROOMY, grid.memory());
    assertEquals(Optional.empty(), grid.get(UUID.randomUUID()));
    for (int i = 0; i < 100; i++) {
      UUID key = UUID.randomUUID();
      assertArrayEquals(bytes("value " + i), grid.run(key, bytes("value " + i), LIFE));
      assertArrayEquals(bytes("value " + i), grid.get(key).orElseThrow());
      assertArrayEquals(bytes("value " + i), dataNodes.get(i % SIZE).get(key).orElseThrow());
    }
  }

  /** C37: the client may be there first, and sees all its nodes go and come back. */
  @Test
  void aClientWaitsForDataNodesAndOutlivesThem() throws Exception {
    Grid grid = startClient();
    assertRefused(grid);
    startNodes();
    await(grid::isAvailable);
    grid.run(UUID.randomUUID(), bytes("one"), LIFE);
    dataNodes.forEach(Grid::close);
    dataNodes.clear();
    await(() -> !grid.isAvailable());
    assertRefused(grid);
    startNodes();
    await(grid::isAvailable);
    UUID key = UUID.randomUUID();
    grid.run(key, bytes("two"), LIFE);
    assertArrayEquals(bytes("two"), grid.get(key).orElseThrow());
  }

  /** C37: nobody notices. */
  @Test
  void aDataNodeThatLeavesLosesNothing() throws Exception {
    startNodes();
    Grid grid = startClient();
    await(grid::isAvailable);
    List<UUID> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      keys.add(UUID.randomUUID());
      grid.run(keys.getLast(), bytes("kept"), LIFE);
    }
    dataNodes.removeFirst().close();
    for (UUID key : keys) {
      assertArrayEquals(bytes("kept"), grid.get(key).orElseThrow());
      grid.run(key, bytes("changed"), LIFE);
    }
  }

  /** C37a: a data node that is alone says so, and a client has nobody else. */
  @Test
  void aMinorityServesNoClient() throws Exception {
    startNodes();
    Grid grid = startClient();
    await(grid::isAvailable);
    UUID key = UUID.randomUUID();
    grid.run(key, bytes("kept"), LIFE);
    dataNodes.removeFirst().close();
    dataNodes.removeFirst().close();
    await(() -> !grid.isAvailable());
    assertRefused(grid);
    assertThrows(Refusal.class, () -> grid.get(key));
  }

  /** A node that is cut off sends nothing, not even the end of a connection. */
  @Test
  void aDataNodeThatFallsSilentIsPassedOver() throws Exception {
    startNodes();
    try (SilentProxy proxy = new SilentProxy(ports.get(2 * SIZE))) {
      Grid grid = startClient("trial", List.of(proxy.port(), ports.get(2 * SIZE + 1)));
      await(grid::isAvailable);
      UUID key = UUID.randomUUID();
      grid.run(key, bytes("before"), LIFE);
      proxy.fallSilent();
      for (int i = 0; i < 50; i++) {
        grid.run(key, bytes("value " + i), LIFE);
        assertArrayEquals(bytes("value " + i), grid.get(key).orElseThrow());
      }
      assertTrue(grid.isAvailable());
    }
  }

  @Test
  void dataNodesOfAnotherGridAreNotUsed() throws Exception {
    startNodes();
    assertRefused(startClient("other", ports.subList(2 * SIZE, 3 * SIZE)));
  }
}
