package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.EntryFormat.UnknownFormatException;
import dev.kinto.gateway.session.FieldChanges.FieldChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is stored can be read by every later version (contract C37b). The resources hold bytes as
 * they were stored once; they are never written again, only others are put beside them.
 */
class EntryFormatTest {
  static final long NOW = 1_700_000_000_123L;

  /** 16 times this byte. */
  static NonceHash hash(int each) {
    byte[] bytes = new byte[NonceHash.LENGTH];
    Arrays.fill(bytes, (byte) each);
    return NonceHash.of(bytes);
  }

  static SessionEntry begun() {
    return SessionEntry.begun("demo-web", "demo", hash(0xa1), SessionLifetime.DEFAULT, NOW);
  }

  /** After a rotation, a login and two writes. */
  static SessionEntry full() {
    TokenNonces rotated =
        begun().nonces().rotated(hash(0xa1), hash(0xb2), NOW, 30_000).orElseThrow();
    FieldChanges fields =
        new FieldChanges(
            List.of(
                new FieldChange("auth-userId", Optional.of("12345678901234567890")),
                new FieldChange("shop-Cart_id", Optional.of("%C3%BC ~\u00e9 of 8-bit ch"))));
    return begun()
        .loggedIn(hash(0xa1), NOW + 1)
        .with(rotated, NOW + 2)
        .written(SessionFields.NONE, 7, NOW + 3)
        .written(SessionFields.NONE.with(fields), 0xffff_ffff_fffeL, NOW + 4);
  }

  static byte[] stored(String name) throws IOException {
    try (InputStream in = EntryFormatTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replaceAll("(?m)#.*$|\\s", ""));
    }
  }

  @Test
  void anEntryOfFormatOneIsRead() throws IOException {
    assertSame(full(), EntryFormat.read(stored("entry-1-full.hex")));
    assertSame(begun(), EntryFormat.read(stored("entry-1-begun.hex")));
    assertSame(full().ended(8), EntryFormat.read(stored("entry-1-ended.hex")));
  }

  @Test
  void whatIsWrittenTodayIsFormatOne() throws IOException {
    assertArrayEquals(stored("entry-1-full.hex"), EntryFormat.write(full()));
    assertArrayEquals(stored("entry-1-begun.hex"), EntryFormat.write(begun()));
    assertArrayEquals(stored("entry-1-ended.hex"), EntryFormat.write(full().ended(8)));
  }

  @Test
  void whatCountsOfAnEntryIsReadWithoutTheRest() {
    byte[] full = EntryFormat.write(full());
    assertEquals(
        Optional.of(new SessionSummary("demo-web", NOW, true, full.length)),
        EntryFormat.summary(full));
    assertEquals(false, EntryFormat.summary(EntryFormat.write(begun())).orElseThrow().used());
    assertEquals(Optional.empty(), EntryFormat.summary(EntryFormat.write(full().ended(8))));
    full[0] = 2;
    assertEquals(Optional.empty(), EntryFormat.summary(full), "another version counts it");
  }

  private static void assertSame(SessionEntry expected, SessionEntry found) {
    assertEquals(expected.clientId(), found.clientId());
    assertEquals(expected.environment(), found.environment());
    assertEquals(expected.createdAt(), found.createdAt());
    assertEquals(expected.deadline(), found.deadline());
    assertEquals(expected.times(), found.times());
    assertEquals(expected.used(), found.used());
    assertEquals(expected.logins(), found.logins());
    assertEquals(expected.nonces(), found.nonces());
    assertEquals(expected.recentWrites(), found.recentWrites());
    assertEquals(expected.fields().size(), found.fields().size());
    assertEquals(expected.fields().value("auth-userid"), found.fields().value("auth-userid"));
    assertEquals(expected.fields().value("shop-cart-id"), found.fields().value("shop-cart-id"));
  }

  @Test
  void anEntryOfANewerVersionIsNamedAndNotGuessedAt() {
    byte[] newer = EntryFormat.write(begun());
    newer[0] = 2;
    String text =
        assertThrows(UnknownFormatException.class, () -> EntryFormat.read(newer)).getMessage();
    assertTrue(text.contains("format 2"), text);
    assertEquals(Optional.empty(), EntryFormat.ifKnown(newer));
  }

  /**
   * Operations leave it alone and say so: nothing of it is lost to a version that cannot read it.
   */
  @Test
  void noOperationTouchesAnEntryOfANewerVersion() {
    byte[] newer = EntryFormat.write(begun());
    newer[0] = 2;
    OneEntry entry = new OneEntry();
    entry.store(newer);
    Slot slot = new Slot(entry);
    for (SessionOperation each : OperationTest.ofSessions()) {
      if (!(each instanceof Create)) {
        assertThrows(UnknownFormatException.class, () -> each.on(slot), each.toString());
        assertArrayEquals(newer, entry.value());
      }
    }
  }

  /** So that a renewal and a rotation never need room that is not there. */
  @Test
  void renewalsAndRotationsKeepTheSize() {
    byte[] before = EntryFormat.write(begun());
    SessionEntry rotated =
        begun().with(begun().nonces().rotated(hash(0xa1), hash(2), NOW, 5).orElseThrow(), NOW);
    assertEquals(before.length, EntryFormat.write(rotated).length);
    assertEquals(
        before.length,
        EntryFormat.write(rotated.with(rotated.nonces().used(hash(2)), NOW + 99)).length);
    assertEquals(before.length, EntryFormat.write(begun().loggedIn(hash(3), NOW)).length);
  }

  /** C24: another gateway's clock may be behind; what was promised holds. */
  @Test
  void aUseByAClockThatIsBehindShortensNothing() {
    SessionEntry entry = begun();
    long before = entry.deadline();
    long behind = NOW - Duration.ofMinutes(5).toMillis();
    assertEquals(before, entry.with(entry.nonces(), behind).deadline());
    assertFalse(entry.wantsRenewal(behind));
  }
}
