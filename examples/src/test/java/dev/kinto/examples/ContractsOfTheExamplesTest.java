package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.examples.auth.AuthService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the product teaches, it has nothing to say against. */
final class ContractsOfTheExamplesTest {
  @Test
  void checkHasNoNoteOnThem() throws Exception {
    String manifests = Path.of(AuthService.manifest()).getParent().toString();
    Process check =
        new ProcessBuilder(RunningGateway.command("check", manifests))
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("All contracts hold.", said.strip());
    assertEquals(0, check.waitFor());
  }
}
