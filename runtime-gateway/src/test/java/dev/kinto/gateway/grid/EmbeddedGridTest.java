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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The embedded grid is closed to everybody else (contract C38). */
@Isolated("it looks at all sockets of the process")
class EmbeddedGridTest {
  @TempDir static Path folder;
  @AutoClose private static Grid grid;

  @BeforeAll
  static void startGrid() {
    grid =
        Grid.start(
            new GridSettings.Embedded(GridSettings.Storage.ofMemory(64 << 20)),
            folder,
            Storing.FOR_NOBODY);
  }

  private static List<Sockets.Opened> listening() throws IOException {
    return Sockets.listening(ProcessHandle.current().pid());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theGridListensOnLoopbackOnly() throws IOException {
    List<Sockets.Opened> listening = listening();
    assertFalse(listening.isEmpty(), "the node's own port is expected, or the test sees nothing");
    assertEquals(List.of(), listening.stream().filter(each -> !each.loopback()).toList());
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
