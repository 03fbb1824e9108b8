package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.FreePorts;
import dev.kinto.gateway.grid.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gateway opens the ports that its configuration names, and no other one (contract C38). */
@EnabledOnOs(OS.LINUX)
class OpenPortsTest {
  @TempDir Path folder;

  /** Starts a gateway, gives what it listens on, and stops it. */
  private Opened opened(String grid) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("kinto.yaml"),
            """
            listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
            environments: { demo: { services: {} } }
            clients: []
            tokens: { keys: [ { id: k1, secret: "0123456789abcdef0123456789abcdef" } ] }
            """
                + grid);
    try (KintoProcess process = KintoProcess.serve(folder, file)) {
      Set<Integer> listeners = new TreeSet<>();
      for (String name : List.of("api", "public", "admin")) {
        listeners.add(process.address(name).getPort());
      }
      Set<Integer> others = portsOf(process);
      assertTrue(others.removeAll(listeners));
      return new Opened(others);
    }
  }

  private static Set<Integer> portsOf(KintoProcess process) throws IOException {
    List<Sockets.Opened> all = Sockets.listening(process.pid());
    assertEquals(List.of(), Sockets.datagrams(process.pid()), "no multicast");
    assertTrue(all.stream().allMatch(Sockets.Opened::loopback), all::toString);
    return all.stream().map(Sockets.Opened::port).collect(Collectors.toSet());
  }

  /** The ports besides the listeners'. */
  private record Opened(Set<Integer> grid) {}

  /** One port that Ignite cannot be without, on loopback, where nobody is listened to. */
  private static void assertEmbedded(Opened opened) {
    assertEquals(1, opened.grid().size(), opened::toString);
    Set<Integer> expected = IntStream.range(47100, 47201).boxed().collect(Collectors.toSet());
    assertTrue(expected.containsAll(opened.grid()), opened::toString);
  }

  @Test
  void embedded() throws Exception {
    assertEmbedded(opened(""));
  }

  @Test
  void embeddedAndKept() throws Exception {
    assertEmbedded(opened("grid: { persistence: kept }\n"));
  }

  private static String cluster(List<Integer> ports, String clientPort) {
    return """
    grid:
      mode: cluster
      name: trial
      address: { host: 127.0.0.1, discoveryPort: %d, dataPort: %d%s }
      members: [ "127.0.0.1:%d" ]
      size: 1
    """
        .formatted(ports.get(0), ports.get(1), clientPort, ports.get(0));
  }

  @Test
  void cluster() throws Exception {
    List<Integer> ports = FreePorts.of(2);
    assertEquals(Set.copyOf(ports), opened(cluster(ports, "")).grid());
  }

  @Test
  void clusterWithClients() throws Exception {
    List<Integer> ports = FreePorts.of(3);
    assertEquals(Set.copyOf(ports), opened(cluster(ports, ", clientPort: " + ports.get(2))).grid());
  }

  @Test
  void clusterThatIsKept() throws Exception {
    List<Integer> ports = FreePorts.of(2);
    assertEquals(
        Set.copyOf(ports),
        opened(cluster(ports, "") + "  persistence: " + folder.resolve("kept") + "\n").grid());
  }

  /** {@code grid --config}, and a gateway that uses it. */
  @Test
  void dataNodeAndClient() throws Exception {
    List<Integer> ports = FreePorts.of(3);
    Path file =
        Files.writeString(
            folder.resolve("node.yaml"), cluster(ports, ", clientPort: " + ports.get(2)));
    try (KintoProcess node = KintoProcess.start(folder, "grid", "--config", file.toString())) {
      assertEquals("grid node listening on 127.0.0.1:" + ports.get(2), node.readLine());
      assertEquals(Set.copyOf(ports), portsOf(node));
      assertEquals(
          Set.of(),
          opened(
                  """
                  grid: { mode: client, name: trial, members: [ "127.0.0.1:%d" ] }
                  """
                      .formatted(ports.get(2)))
              .grid());
    }
  }

  /** A data node tells of its health where its file says, and nowhere else. */
  @Test
  void dataNodeWithHealth() throws Exception {
    List<Integer> ports = FreePorts.of(3);
    Path file =
        Files.writeString(
            folder.resolve("node.yaml"),
            cluster(ports, ", clientPort: " + ports.get(2))
                + "listeners: { admin: { port: 0 } }\n");
    try (KintoProcess node = KintoProcess.start(folder, "grid", "--config", file.toString())) {
      assertEquals("grid node listening on 127.0.0.1:" + ports.get(2), node.readLine());
      Set<Integer> expected = new TreeSet<>(ports);
      expected.add(node.address("admin").getPort());
      assertEquals(expected, portsOf(node));
    }
  }
}
