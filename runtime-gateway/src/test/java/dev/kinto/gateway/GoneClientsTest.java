package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that is removed from the configuration while the gateway is down (contract C25). */
@Timeout(120)
class GoneClientsTest {
  private static final String SECRET = "secret-of-the-other";

  @TempDir private Path folder;

  private TestGateway.Builder gateway() throws IOException {
    return TestGateway.in(folder).set("grid.persistence", folder.resolve("store").toString());
  }

  @Test
  void itsSessionsOnTheDiskHaveEndedAlsoWhenItComesBack() throws Exception {
    String stays;
    String goes;
    try (TestGateway gateway = gateway().client("other", SECRET).start()) {
      stays = gateway.token();
      goes = gateway.token("other", SECRET);
    }
    try (TestGateway gateway = gateway().start()) {
      assertEquals(200, gateway.send("GET /auth", stays).status());
    }
    try (TestGateway gateway = gateway().client("other", SECRET).start()) {
      assertEquals(200, gateway.send("GET /auth", stays).status());
      assertEquals("session-ended", gateway.send("GET /auth", goes).code());
    }
  }
}
