package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token key that is made and kept in the data directory (contract C23). */
@DisabledOnOs(OS.WINDOWS)
class KeptTokenKeyTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private TokenKeys keys(KeptTokenKey kept) throws IOException {
    return kept.keys(warnings::add);
  }

  /** C23: kept beside the data with mode 0600, so that a restart logs nobody out. */
  @Test
  void itIsReadableByItsOwnerOnlyAndTheSameAfterARestart() throws IOException {
    Path data = folder.resolve("new/data");
    Path file = data.resolve("token.key");
    String text = keys(new KeptTokenKey(data)).issue().text();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    byte[] before = Files.readAllBytes(file);
    assertTrue(keys(new KeptTokenKey(data)).verify(text).isPresent());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of(), warnings);
  }

  @Test
  void twoDirectoriesHaveTwoKeys() throws IOException {
    String text = keys(new KeptTokenKey(folder.resolve("a"))).issue().text();
    assertTrue(keys(new KeptTokenKey(folder.resolve("b"))).verify(text).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "this is no base64 !"})
  void aDamagedFileIsSaidAndNeverReplaced(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token.key"), content);
    KeptTokenKey kept = new KeptTokenKey(folder);
    assertEquals(
        Optional.of(
            "this is no token key of 32 random bytes. Put the right one back, or delete it for a"
                + " new one; all sessions end then."),
        kept.problem());
    IOException e = assertThrows(IOException.class, () -> keys(kept));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertFalse(!content.isEmpty() && e.getMessage().contains(content), e.getMessage());
    assertEquals(content, Files.readString(file));
  }

  /** C23, C42: a reload ends no session. */
  @Test
  void aKeyInUseStaysInUseWhateverBecomesOfItsFile() throws IOException {
    Path file = folder.resolve("token.key");
    KeptTokenKey kept = new KeptTokenKey(folder);
    String text = keys(kept).issue().text();
    byte[] content = Files.readAllBytes(file);

    Files.delete(file);
    assertTrue(keys(kept).verify(text).isPresent());
    assertArrayEquals(content, Files.readAllBytes(file));
    assertEquals(
        List.of(file + ": the token key was gone. The one in use was written there again."),
        warnings);

    Files.writeString(file, "damaged");
    assertTrue(kept.problem().orElseThrow().contains("Delete it: the key in use is written again"));

    warnings.clear();
    Files.writeString(file, "AQ".repeat(21) + "A");
    assertTrue(keys(kept).verify(text).isPresent());
    assertTrue(keys(kept).verify(text).isPresent());
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.getFirst().contains("another token key than the one in use"));
  }

  @Test
  void aKeyThatOthersMayReadIsSaid() throws IOException {
    Path file = folder.resolve("token.key");
    KeptTokenKey kept = new KeptTokenKey(folder);
    keys(kept);
    assertEquals(Optional.empty(), kept.exposure());
    for (String mode : List.of("rw-r-----", "rw-----w-", "rw-r--r--")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertTrue(kept.exposure().orElseThrow().contains(mode), mode);
    }
    keys(kept);
    keys(kept);
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.getFirst().contains("Let its mode be 0600"), warnings.toString());
  }
}
