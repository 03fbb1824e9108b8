package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The embedded grid is closed to everybody else (contract C38). */
class EmbeddedGridTest {
  private static final EntryOperations NOTHING =
      new EntryOperations() {
        @Override
        public byte[] run(byte[] operation, GridEntry entry) {
          return operation;
        }

        @Override
        public void changed(UUID key, byte @Nullable [] before, byte @Nullable [] after) {
          // Nobody counts.
        }
      };

  @TempDir static Path folder;
  @AutoClose private static Grid grid;

  @BeforeAll
  static void startGrid() {
    grid =
        Grid.start(
            new GridSettings.Embedded(GridSettings.Storage.ofMemory(64 << 20)), folder, NOTHING);
  }

  /** A socket that listens: the address in the kernel's hexadecimal, and the port. */
  private record Listening(String address, int port) {
    boolean onLoopback() {
      // IPv4 is in the byte order of the machine; ::1, and 127.0.0.1 mapped into IPv6.
      return address.endsWith("7F") && address.length() == 8
          || address.equals("00000000000000000000000001000000")
          || address.startsWith("0000000000000000FFFF0000") && address.endsWith("7F");
    }
  }

  /** What this process listens on, as Linux tells: its sockets by inode, and all listeners. */
  private static List<Listening> listening() throws IOException {
    Set<String> inodes;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      inodes =
          descriptors
              .map(EmbeddedGridTest::linkTarget)
              .filter(link -> link.startsWith("socket:["))
              .map(link -> link.substring(8, link.length() - 1))
              .collect(Collectors.toSet());
    }
    List<Listening> found = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] columns = line.strip().split(" +");
          if (columns[3].equals("0A") && inodes.contains(columns[9])) {
            int colon = columns[1].indexOf(':');
            found.add(
                new Listening(
                    columns[1].substring(0, colon),
                    HexFormat.fromHexDigits(columns[1].substring(colon + 1))));
          }
        }
      }
    }
    return found;
  }

  private static String linkTarget(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed in between
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theGridListensOnLoopbackOnly() throws IOException {
    List<Listening> listening = listening();
    assertFalse(listening.isEmpty(), "the node's own port is expected, or the test sees nothing");
    assertEquals(List.of(), listening.stream().filter(each -> !each.onLoopback()).toList());
  }

  /** Neither discovery by others, nor thin clients, nor REST. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void nobodyFindsTheGridThroughIgnitesUsualPorts() throws IOException {
    Set<Integer> ports = new TreeSet<>();
    listening().forEach(each -> ports.add(each.port()));
    for (int usual : new int[] {47500, 10800, 11211, 8080}) {
      for (int port = usual; port < usual + 10; port++) {
        assertFalse(ports.contains(port), "port " + port);
      }
    }
  }

  /** A class of nobody's list, as a gadget would be: ours, but outside the grid's package. */
  private static Object deserialised(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  @Test
  void whatTheGridExchangesMayBeDeserialised() throws Exception {
    UUID key = UUID.randomUUID();
    assertEquals(key, deserialised(key));
    assertTrue(deserialised(new OperationProcessor(new byte[1])) instanceof OperationProcessor);
  }

  @Test
  void aForeignClassMayNotBeDeserialised() throws Exception {
    assertTrue(ObjectInputFilter.Config.getSerialFilter() != null, "no filter is set");
    Serializable foreign = new tools.jackson.core.io.SerializedString("foreign");
    assertThrows(InvalidClassException.class, () -> deserialised(foreign));
    assertThrows(
        InvalidClassException.class, () -> deserialised(new ArrayList<>(List.of(foreign))));
  }
}
