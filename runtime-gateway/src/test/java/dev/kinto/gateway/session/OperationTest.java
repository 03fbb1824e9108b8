package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.FieldChanges.FieldChange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations as the grid carries them out: perhaps twice (contract C37a), and perhaps on a gateway
 * of another version (C37b).
 */
class OperationTest {
  private static final long NOW = EntryFormatTest.NOW;
  private static final NonceHash FIRST = EntryFormatTest.hash(0xa1);
  private static final NonceHash SECOND = EntryFormatTest.hash(0xb2);
  private static final NonceHash THIRD = EntryFormatTest.hash(0xc3);
  private static final Claim BEGINS = new Claim(new UUID(1, 2), 0, 170);
  private static final Claim GROWS = new Claim(new UUID(3, 4), 0x0102_0304_0506L, 40);
  private static final SessionBudget BUDGET =
      new SessionBudget(20_000, OptionalInt.of(1_000_000), OptionalLong.empty());
  private static final Optional<NonceHash> NO_NONCE = Optional.empty();

  private final OneEntry entry = new OneEntry();
  private final Slot slot = new Slot(entry);

  static Create create() {
    return new Create(SessionEntry.begun("demo-web", "demo", FIRST, SessionLifetime.DEFAULT, NOW));
  }

  private static ApplyChange write(long id, String value, Optional<NonceHash> next) {
    FieldChanges fields =
        new FieldChanges(
            List.of(
                new FieldChange("auth-userId", Optional.of(value)),
                new FieldChange("auth-old", Optional.empty())));
    return new ApplyChange(id, fields, FIRST, 0, next, 65536, 256, Integer.MAX_VALUE, NOW + 10);
  }

  private static Renew renew(int logins, boolean used, long now) {
    return new Renew(FIRST, logins, used, now);
  }

  private static Rotate rotate(NonceHash presented, NonceHash next) {
    return new Rotate(presented, next, 30_000, NOW + 20);
  }

  /** One of each kind, in the order of their numbers. */
  static List<Operation> all() {
    return List.of(
        create(),
        renew(3, true, NOW + 5),
        rotate(FIRST, SECOND),
        write(0x0102_0304_0506L, "7", Optional.of(THIRD)),
        end(9, FIRST),
        new EndUnused(),
        new Reserve("demo-web", BEGINS, BUDGET),
        new Release("demo-web", GROWS),
        new Look(
            new UUID(1, 2),
            new SessionSearch(
                Optional.of("demo"),
                Optional.of("demo-web"),
                Optional.of(new FieldValue("auth-userid", new UUID(3, 4))),
                new SearchPlace(7, Optional.of(new UUID(5, 6))),
                300,
                NOW)),
        revoke(0x0102_0304_0506L));
  }

  private static Revoke revoke(long id) {
    return new Revoke(id, Optional.of(FieldValue.of("auth-userId", "7")), NOW + 40);
  }

  private static End end(long id, NonceHash presented) {
    return new End(id, presented, NOW + 30);
  }

  static List<SessionOperation> ofSessions() {
    return all().stream()
        .flatMap(each -> each instanceof SessionOperation one ? Stream.of(one) : Stream.empty())
        .toList();
  }

  private SessionEntry stored() {
    return EntryFormat.read(entry.value());
  }

  private Outcome run(Operation operation) {
    // As it comes: over the wire.
    return Outcome.of(
        Operation.run(
            Operation.pack(operation),
            slot,
            new Allowances(new Census()),
            new Searches(new FieldIndex(Set.of())))[0]);
  }

  @Test
  void theBytesOfEachKindAreThoseOfVersionOne() throws IOException {
    for (Operation each : all()) {
      String name = "operation-1-" + each.kind() + ".hex";
      assertArrayEquals(EntryFormatTest.stored(name), Operation.pack(each), name);
      Operation read = Operation.unpack(EntryFormatTest.stored(name)).orElseThrow();
      assertArrayEquals(Operation.pack(each), Operation.pack(read), name);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 255})
  void whatOnlyANewerVersionKnowsIsNotGuessedAt(int kind) {
    assertEquals(Optional.empty(), Operation.unpack(new byte[] {1, (byte) kind}));
    assertEquals(Optional.empty(), Operation.unpack(new byte[] {2, 1}));
    assertEquals(Outcome.UNKNOWN, Outcome.of(1234));
  }

  @Test
  void codesOfOutcomesNeverChange() {
    assertEquals(
        "[DONE=0, ENDED=1, REPLACED=2, TOO_LARGE=3, NO_ROOM=4, USED_MEANWHILE=5, UNREADABLE=6,"
            + " UNKNOWN=7, GREW_MORE=8, BUSY=9, AT_ITS_CAP=10]",
        Arrays.stream(Outcome.values()).map(each -> each + "=" + each.code()).toList().toString());
  }

  @Test
  void aWriteThatIsCarriedOutAgainDoesNotUndoALaterOne() {
    run(create());
    ApplyChange first = write(1, "one", NO_NONCE);
    assertEquals(Outcome.DONE, run(first));
    assertEquals(Outcome.DONE, run(write(2, "two", NO_NONCE)));
    assertEquals(Outcome.DONE, run(first));
    assertEquals(Optional.of("two"), stored().fields().value("auth-userid"));
  }

  @Test
  void aLoginThatIsCarriedOutAgainIsOneLogin() {
    run(create());
    ApplyChange login = write(1, "7", Optional.of(SECOND));
    assertEquals(Outcome.DONE, run(login));
    byte[] after = entry.value();
    assertEquals(Outcome.DONE, run(login));
    assertArrayEquals(after, entry.value());
    assertEquals(1, stored().logins());
  }

  @Test
  void aRotationThatIsCarriedOutAgainIsOneRotation() {
    run(create());
    assertEquals(Outcome.DONE, run(rotate(FIRST, SECOND)));
    byte[] after = entry.value();
    assertEquals(Outcome.DONE, run(rotate(FIRST, SECOND)));
    assertArrayEquals(after, entry.value());
    assertEquals(Outcome.DONE, run(rotate(SECOND, THIRD)));
    assertEquals(Outcome.DONE, run(rotate(FIRST, SECOND)), "its own success, though overtaken");
    assertEquals(THIRD, stored().nonces().current());
  }

  @Test
  void aBeginningThatIsCarriedOutAgainForgetsNothing() {
    run(create());
    run(write(1, "7", NO_NONCE));
    assertEquals(Outcome.DONE, run(create()));
    assertEquals(Optional.of("7"), stored().fields().value("auth-userid"));
  }

  /** The user of the session that an operator ends may be another one by then. */
  @Test
  void anOperatorEndsASessionOnlyOfWhomHeMeans() {
    run(create());
    run(write(1, "7", NO_NONCE));
    Revoke ofAnother = new Revoke(2, Optional.of(FieldValue.of("auth-userId", "8")), NOW + 40);
    assertEquals(Outcome.ENDED, run(ofAnother));
    assertEquals(false, stored().isEnded());
    assertEquals(Outcome.DONE, run(revoke(3)));
    assertEquals(Outcome.DONE, run(revoke(3)), "its own success");
    assertEquals(Outcome.ENDED, run(revoke(4)));
    assertTrue(stored().isEnded());
  }

  @Test
  void nothingRevivesASessionThatHasEnded() {
    run(create());
    assertEquals(Outcome.DONE, run(end(1, FIRST)));
    for (SessionOperation each : ofSessions().subList(1, 5)) {
      assertEquals(Outcome.ENDED, run(each), each.toString());
      assertTrue(stored().isEnded());
    }
    assertEquals(Outcome.DONE, run(new EndUnused()));
    assertEquals(Outcome.DONE, run(create()));
    assertTrue(stored().isEnded());
  }

  /** C37a: whoever ended it is told so again, and nobody else is. */
  @Test
  void anEndThatIsCarriedOutAgainSaysTheSame() {
    run(create());
    run(write(1, "7", NO_NONCE));
    assertEquals(Outcome.DONE, run(end(2, FIRST)));
    assertEquals(Outcome.DONE, run(end(2, FIRST)));
    assertEquals(Outcome.ENDED, run(end(3, FIRST)));
    assertEquals(Outcome.DONE, run(write(1, "7", NO_NONCE)), "its own success, before the end");
    assertEquals(0, stored().fields().size(), "nothing of the user is kept");
  }

  /** C22: it grows by no more than was reserved for it. */
  @Test
  void aWriteAddsNoMoreThanItMay() {
    run(create());
    int size = entry.value().length;
    ApplyChange write = write(1, "7", NO_NONCE);
    int growth = write.growthOf(stored());
    assertEquals(Outcome.GREW_MORE, run(write.growingBy(growth - 1)));
    assertEquals(size, entry.value().length);
    assertEquals(Outcome.DONE, run(write.growingBy(growth)));
    assertEquals(size + growth, entry.value().length);
    assertTrue(write.change().greatestGrowth() >= growth);
    assertEquals(Outcome.DONE, run(write(2, "8", NO_NONCE).growingBy(0)), "as large as before");
  }

  @Test
  void aSessionThatGotAFieldIsNotEndedAsAnUnusedOne() {
    run(create());
    run(write(1, "7", NO_NONCE));
    assertEquals(Outcome.USED_MEANWHILE, run(new EndUnused()));
    assertEquals(Outcome.USED_MEANWHILE, run(renew(0, false, NOW + 40)));
    assertEquals(Outcome.DONE, run(renew(0, true, NOW + 40)));
  }

  /** C22: renewals, rotations, ends and removals never need room. */
  @Test
  void onlyWhatAddsNeedsRoom() {
    run(create());
    run(write(1, "long enough", NO_NONCE));
    entry.room = false;
    assertEquals(Outcome.DONE, run(renew(0, true, NOW + 50)));
    assertEquals(Outcome.DONE, run(rotate(FIRST, SECOND)));
    assertEquals(Outcome.DONE, run(write(2, "no longer!!", NO_NONCE)));
    assertEquals(Outcome.NO_ROOM, run(write(3, "longer than before", NO_NONCE)));
    assertEquals(Outcome.DONE, run(write(4, "", NO_NONCE)), "a logout");
    assertEquals(Outcome.DONE, run(end(5, SECOND)));
    entry.remove();
    assertEquals(Outcome.NO_ROOM, run(create()));
  }
}
