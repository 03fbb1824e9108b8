package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.gateway.session.Sessions.IssuedToken;
import dev.kinto.manifest.FieldName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ignite.DataRegionMetrics;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session takes outside the heap, index, expiry and holes included (contract C37b). */
@SuppressWarnings("deprecation") // as in Room
class EntrySizeTest {
  private static final int SESSIONS = 30_000;
  private static final int MOST = 350;

  @Test
  void aSessionOfTwoFieldsOfTwentyCharactersTakesAtMost350Bytes(@TempDir Path folder) {
    TokenKeys keys =
        TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));
    SessionRules rules =
        new SessionRules(Duration.ofSeconds(30), SessionLimits.DEFAULT, _ -> SessionBudget.DEFAULT);
    try (SessionGrid grid = TestGrid.in(folder)) {
      Sessions sessions = new Sessions(grid, keys, InstantSource.system(), rules, (_, _) -> true);
      SessionChange change =
          new SessionChange(
              List.of(
                  new Assignment(new FieldName("auth-userId"), Optional.of("u".repeat(20))),
                  new Assignment(new FieldName("auth-plan"), Optional.of("p".repeat(20)))),
              false);
      DataRegionMetrics memory = memory(folder);
      long before = memory.getTotalUsedPages();
      for (int i = 0; i < SESSIONS; i++) {
        IssuedToken token = sessions.issue("demo-web", "production", SessionLifetime.DEFAULT);
        sessions.apply(token.session(), change);
      }
      long pages = memory(folder).getTotalUsedPages() - before;
      long bytes = pages * memory.getPageSize() / SESSIONS;
      assertTrue(bytes <= MOST, bytes + " bytes a session");
    }
  }

  private static DataRegionMetrics memory(Path folder) {
    return Ignition.allGrids().stream()
        .filter(node -> node.configuration().getWorkDirectory().equals(folder.toString()))
        .findFirst()
        .orElseThrow()
        .dataRegionMetrics("sessions");
  }
}
