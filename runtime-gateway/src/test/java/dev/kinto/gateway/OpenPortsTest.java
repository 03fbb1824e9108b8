package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gateway opens the ports that its configuration names, and no other one (contract C38). */
@EnabledOnOs(OS.LINUX)
class OpenPortsTest {
  private static final String LISTENS = "0A"; // the kernel's TCP_LISTEN

  @TempDir Path folder;

  /** A port, and whether only this machine reaches it. */
  private record Port(int number, boolean loopback) implements Comparable<Port> {
    @Override
    public int compareTo(Port other) {
      return Integer.compare(number, other.number);
    }
  }

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
      Set<Port> all = new TreeSet<>(sockets(process.pid(), List.of("tcp", "tcp6"), LISTENS));
      assertEquals(List.of(), sockets(process.pid(), List.of("udp", "udp6"), "07"), "no multicast");
      assertTrue(all.stream().allMatch(Port::loopback), all::toString);
      Set<Integer> others = all.stream().map(Port::number).collect(Collectors.toSet());
      assertTrue(others.removeAll(listeners));
      return new Opened(others);
    }
  }

  /** The ports besides the listeners'. */
  private record Opened(Set<Integer> grid) {}

  /** The sockets of a process in a state, as Linux tells: by the numbers of its open files. */
  private static List<Port> sockets(long pid, List<String> tables, String state)
      throws IOException {
    Set<String> inodes;
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      inodes =
          files
              .map(OpenPortsTest::target)
              .filter(link -> link.startsWith("socket:["))
              .map(link -> link.substring(8, link.length() - 1))
              .collect(Collectors.toSet());
    }
    List<Port> found = new ArrayList<>();
    for (String table : tables) {
      Path path = Path.of("/proc/net/" + table);
      for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
        String[] columns = line.strip().split(" +");
        if (columns[3].equals(state) && inodes.contains(columns[9])) {
          String[] address = columns[1].split(":");
          found.add(new Port(HexFormat.fromHexDigits(address[1]), isLoopback(address[0])));
        }
      }
    }
    return found;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed in between
    }
  }

  /** The kernel writes four bytes at a time, in the byte order of the machine. */
  private static boolean isLoopback(String address) {
    return address.endsWith("7F")
        ? address.length() == 8 || address.startsWith("0000000000000000FFFF0000")
        : address.equals("00000000000000000000000001000000");
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket each : held) {
        each.close();
      }
    }
  }

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
    List<Integer> ports = freePorts(2);
    assertEquals(Set.copyOf(ports), opened(cluster(ports, "")).grid());
  }

  @Test
  void clusterWithClients() throws Exception {
    List<Integer> ports = freePorts(3);
    assertEquals(Set.copyOf(ports), opened(cluster(ports, ", clientPort: " + ports.get(2))).grid());
  }
}
