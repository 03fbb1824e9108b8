package dev.kinto.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a journal after each way in which a process can end. */
class JournalTest {
  private static final UUID KEY = new UUID(0, 0);

  @TempDir private Path folder;

  /** The greater text is newer; one that begins with "x" is over. */
  private static final class ByText implements Journal.Form {
    @Override
    public boolean isNewer(byte[] one, byte[] than) {
      return new String(one, UTF_8).compareTo(new String(than, UTF_8)) > 0;
    }

    @Override
    public boolean isOver(byte[] bytes) {
      return bytes[0] == 'x';
    }
  }

  private Journal open() throws IOException {
    return Journal.open(folder, new ByText(), false);
  }

  private void put(UUID key, String... texts) throws IOException {
    try (Journal journal = open()) {
      for (String each : texts) {
        journal.put(key, each.getBytes(UTF_8));
      }
    }
  }

  private Map<UUID, String> found() throws IOException {
    Map<UUID, String> found = new HashMap<>();
    try (Journal journal = open()) {
      journal.forEach((key, bytes) -> found.put(key, new String(bytes, UTF_8)));
    }
    return found;
  }

  private Path file() {
    return folder.resolve("00.journal");
  }

  @Test
  void theNewestStaysInWhateverOrderTheyCame() throws IOException {
    put(KEY, "b", "c", "a");
    assertEquals(Map.of(KEY, "c"), found());
    put(KEY, "x");
    assertEquals(Map.of(), found());
  }

  /** The process ended in the middle of a write, of which nobody heard. */
  @Test
  void whatWasCutShortIsNotThere() throws IOException {
    put(KEY, "a");
    long whole = Files.size(file());
    put(KEY, "b");
    byte[] all = Files.readAllBytes(file());
    for (int length = all.length - 1; length >= whole; length--) {
      Files.write(file(), Arrays.copyOf(all, length));
      assertEquals(Map.of(KEY, "a"), found());
      put(KEY, "c");
      assertEquals(Map.of(KEY, "c"), found());
    }
  }

  /** Some file systems leave zeros after a loss of power. */
  @Test
  void zerosAtTheEndAreNothing() throws IOException {
    put(KEY, "a");
    Files.write(file(), new byte[5000], StandardOpenOption.APPEND);
    assertEquals(Map.of(KEY, "a"), found());
    put(KEY, "b");
    assertEquals(Map.of(KEY, "b"), found());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 12, 27, 28})
  void whatIsDamagedIsNamed(int position) throws IOException {
    put(KEY, "a", "b");
    byte[] bytes = Files.readAllBytes(file());
    bytes[position] ^= 1;
    Files.write(file(), bytes);
    String text = assertThrows(DamagedException.class, this::open).getMessage();
    assertTrue(text.startsWith(file().toString()), text);
  }

  @Test
  void theFolderDoesNotGrowWithTheWrites() throws IOException {
    String text = "t".repeat(1000);
    Map<UUID, String> expected = new HashMap<>();
    try (Journal journal = open()) {
      for (int i = 0; i < 100_000; i++) {
        UUID key = new UUID(0, i % 50);
        String value = "%06d".formatted(i) + text;
        journal.put(key, value.getBytes(UTF_8));
        expected.put(key, value);
      }
    }
    assertEquals(expected, found());
    try (var files = Files.list(folder)) {
      long size = files.mapToLong(file -> file.toFile().length()).sum();
      assertTrue(size < 64 * 300_000, size + " bytes");
    }
  }

  @Test
  void nothingIsLeftAfterClear() throws IOException {
    put(KEY, "a");
    try (Journal journal = open()) {
      journal.clear();
      assertTrue(journal.isEmpty());
      journal.put(KEY, "b".getBytes(UTF_8));
    }
    assertEquals(Map.of(KEY, "b"), found());
  }
}
