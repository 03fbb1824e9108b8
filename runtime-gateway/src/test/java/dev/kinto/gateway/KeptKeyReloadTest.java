package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A reload and the token key that the gateway made itself (contract C23, C42). */
@DisabledOnOs(OS.WINDOWS)
class KeptKeyReloadTest {
  @TempDir Path folder;

  private TestGateway.Builder usual() {
    return TestGateway.in(folder);
  }

  private Path key() {
    return folder.resolve("data/token.key");
  }

  private List<String> problems(TestGateway gateway) {
    return assertThrows(InvalidConfigException.class, () -> gateway.reload(usual())).problems();
  }

  @Test
  void noReloadEndsTheSessionsOfItsTokens() throws Exception {
    try (TestGateway gateway = usual().start()) {
      String token = gateway.token();
      String content = Files.readString(key());

      Files.delete(key());
      assertEquals("nothing is different", gateway.reload(usual()).toString());
      assertEquals(200, gateway.get("/auth", token).status());
      assertEquals(content, Files.readString(key()));
      assertEquals(
          List.of(key() + ": the token key was gone. The one in use was written there again."),
          gateway.warnings());

      Files.writeString(key(), "damaged");
      assertEquals(
          List.of(
              key()
                  + ": this is no token key of 32 random bytes. Delete it: the key in use is"
                  + " written again at the next reload."),
          problems(gateway));
      assertEquals(200, gateway.get("/auth", token).status());
    }
  }

  /** C42: a check says of it what a start would say. */
  @Test
  void aCheckSaysWhatIsWrongWithIt() throws Exception {
    Files.createDirectories(key().getParent());
    assertEquals(List.of(), check());
    Files.writeString(key(), "AQ".repeat(21) + "A");
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(
        check().getFirst().startsWith(key() + ": others than its owner have rights to this"));
    Files.writeString(key(), "damaged");
    InvalidConfigException e = assertThrows(InvalidConfigException.class, this::check);
    assertTrue(e.getMessage().startsWith(key() + ": this is no token key"), e.getMessage());
  }

  private List<String> check() throws IOException, InvalidConfigException {
    return Gateway.check(usual().build());
  }
}
