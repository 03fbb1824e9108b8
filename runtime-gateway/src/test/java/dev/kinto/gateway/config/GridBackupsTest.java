package dev.kinto.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many copies of a session there are, by the number of nodes (contract C37). */
class GridBackupsTest {
  @TempDir Path folder;

  private GatewayConfig read(int size, String rest) throws Exception {
    String yaml =
        """
        environments: {}
        clients: []
        tokens: { keys: [ { id: k1, secret: "0123456789abcdef0123456789abcdef" } ] }
        grid:
          mode: cluster
          name: trial
          address: { host: 127.0.0.1 }
          members: [ "127.0.0.1:47500" ]
          size: %d
          %s
        """
            .formatted(size, size % 2 == 0 ? "tiebreaker: \"127.0.0.1:47500\"" : "");
    Path file = Files.writeString(folder.resolve("kinto.yaml"), yaml + rest);
    return GatewayConfig.read(file, Map.of()).orThrow();
  }

  private int backups(int size, String rest) throws Exception {
    return ((Cluster) read(size, rest).grid()).backups();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "5, 2", "6, 3", "7, 3"})
  void withPersistenceAMajorityHasThemUnlessSaidOtherwise(int size, int backups) throws Exception {
    assertEquals(1, backups(size, ""));
    assertEquals(backups, backups(size, "  persistence: disk\n"));
  }

  @Test
  void fewerAreRefusedOnceWithTheMend() {
    String few = "  persistence: disk\n  backups: 1\n";
    List<String> problems =
        assertThrows(InvalidConfigException.class, () -> read(5, few)).problems();
    assertEquals(1, problems.size(), problems + "");
    assertTrue(
        problems.getFirst().contains("2 or more are wanted. Leave this out."), problems + "");
  }
}
