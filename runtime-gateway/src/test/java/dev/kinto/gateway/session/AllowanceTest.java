package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.GridNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may still add, judged beside entries that are in no grid (contract C22). */
@Timeout(60)
class AllowanceTest {
  private static final String CLIENT = "demo-web";
  private static final long NOW = EntryFormatTest.NOW;
  private static final int SIZE = EntryFormat.write(EntryFormatTest.begun()).length;
  private static final SessionBudget THREE =
      new SessionBudget(3, OptionalInt.empty(), OptionalLong.empty());

  private final Census census = new Census();
  private final OneNode node = new OneNode();
  private final Allowances allowances = new Allowances(census);
  private long created = NOW;

  AllowanceTest() {
    census.gained(0);
    census.settled(0);
    allowances.begins(node);
  }

  /** All entries are in its one partition. */
  private final class OneNode implements GridNode {
    private final ConcurrentMap<UUID, byte[]> entries = new ConcurrentHashMap<>();
    private final AtomicLong ownership = new AtomicLong();
    private volatile boolean answers = true;
    private volatile int asked;
    private volatile Runnable whenAsked = () -> {};

    @Override
    public long ownership() {
      return ownership.get();
    }

    @Override
    public Optional<List<byte[]>> askAll(byte[] question) {
      asked++;
      if (!answers) {
        return Optional.empty();
      }
      whenAsked.run();
      return Optional.of(List.of(allowances.answer(CountQuestion.read(question).orElseThrow())));
    }

    @Override
    public boolean forEach(int partition, BiConsumer<UUID, byte[]> visitor) {
      entries.forEach(visitor);
      return true;
    }

    @Override
    public Optional<byte[]> peek(UUID key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
      OneEntry entry = new OneEntry();
      peek(key).ifPresent(entry::store);
      byte[] outcome =
          Operation.run(
              operation, new Slot(entry), allowances, new Searches(new FieldIndex(Set.of())));
      if (entry.exists()) {
        put(key, entry.value());
      }
      return outcome;
    }

    private void put(UUID key, byte[] value) {
      census.changed(0, key, entries.put(key, value), value);
    }

    private void remove(UUID key) {
      census.changed(0, key, entries.remove(key), null);
    }
  }

  private static Claim begins() {
    return new Claim(UUID.randomUUID(), 0, SIZE);
  }

  private Outcome claim(Claim claim, SessionBudget budget) {
    return allowances.claim(CLIENT, claim, budget);
  }

  /** Comes again as long as it is told to. */
  private Outcome judged(Claim claim, SessionBudget budget) {
    Outcome outcome = claim(claim, budget);
    while (outcome == Outcome.BUSY) {
      Thread.onSpinWait();
      outcome = claim(claim, budget);
    }
    return outcome;
  }

  private UUID begin(SessionBudget budget) {
    Claim claim = begins();
    assertEquals(Outcome.DONE, judged(claim, budget));
    store(claim);
    return claim.key();
  }

  private void store(Claim claim) {
    SessionEntry entry =
        SessionEntry.begun(
            CLIENT, "demo", EntryFormatTest.hash(1), SessionLifetime.DEFAULT, created++);
    node.put(claim.key(), EntryFormat.write(entry));
  }

  private void use(UUID key) {
    SessionEntry entry = EntryFormat.read(node.peek(key).orElseThrow());
    FieldChanges one =
        new FieldChanges(List.of(new FieldChanges.FieldChange("auth-userId", Optional.of("7"))));
    node.put(
        key, EntryFormat.write(entry.written(SessionFields.NONE.with(one), 7, entry.createdAt())));
  }

  private boolean lives(UUID key) {
    return node.peek(key).filter(bytes -> EntryFormat.summary(bytes).isPresent()).isPresent();
  }

  @Test
  void asLongAsAllFitsNobodyIsAsked() {
    SessionBudget many = new SessionBudget(1000, OptionalInt.empty(), OptionalLong.empty());
    begin(many);
    int asked = node.asked;
    for (int i = 0; i < 900; i++) {
      begin(many);
    }
    assertEquals(asked, node.asked);
  }

  @Test
  void theOldestMakesRoom() {
    List<UUID> begun = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun.add(begin(THREE));
    }
    assertEquals(begun.subList(2, 5), begun.stream().filter(this::lives).toList());
    use(begun.get(2));
    begun.add(begin(THREE));
    assertTrue(lives(begun.get(3)), "it still fits, since another one is used");
  }

  /** It may be counted already, so nobody ends for it a second time. */
  @Test
  void whatIsGrantedWhileNodesAreAskedEndsNobodyTwice() throws Exception {
    SessionBudget six = new SessionBudget(6, OptionalInt.empty(), OptionalLong.empty());
    List<UUID> begun = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      begun.add(begin(six));
    }
    List<Claim> neverStored = List.of(begins(), begins());
    neverStored.forEach(each -> assertEquals(Outcome.DONE, judged(each, six)));
    node.answers = false;
    List<Claim> waiting = List.of(begins(), begins());
    waiting.forEach(each -> assertEquals(Outcome.BUSY, claim(each, six)));
    for (int asked = node.asked; node.asked < asked + 2; ) {
      waiting.forEach(each -> assertEquals(Outcome.BUSY, claim(each, six)));
    }
    Claim meanwhile = begins();
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    node.whenAsked =
        () -> {
          node.whenAsked = () -> {};
          asking.countDown();
          neverStored.forEach(each -> allowances.release(CLIENT, each));
          assertEquals(Outcome.BUSY, claim(meanwhile, six));
          assertEquals(Outcome.DONE, claim(meanwhile, six));
          store(meanwhile);
          begun.add(meanwhile.key());
          answered.countDown();
        };
    node.answers = true;
    while (asking.getCount() > 0) {
      claim(waiting.getFirst(), six);
    }
    answered.await();
    for (Claim each : waiting) {
      assertEquals(Outcome.DONE, judged(each, six));
      store(each);
      begun.add(each.key());
    }
    assertEquals(begun.subList(1, 7), begun.stream().filter(this::lives).toList());
  }

  @Test
  void aClaimIsGrantedOnce() {
    Claim claim = begins();
    assertEquals(Outcome.DONE, judged(claim, THREE));
    assertEquals(Outcome.DONE, claim(claim, THREE));
    begin(THREE);
    UUID third = begin(THREE);
    store(claim);
    assertEquals(Outcome.DONE, claim(claim, THREE));
    begin(THREE);
    assertTrue(lives(third));
  }

  @Test
  void whatIsGivenBackIsFreeAgain() {
    SessionBudget one = new SessionBudget(1, OptionalInt.empty(), OptionalLong.empty());
    Claim claim = begins();
    assertEquals(Outcome.DONE, judged(claim, one));
    assertEquals(Outcome.BUSY, claim(begins(), one), "the first one is about to be stored");
    allowances.release(CLIENT, claim);
    begin(one);
  }

  @Test
  void whereAllAreUsedItIsRefusedUntilOneEnds() {
    SessionBudget two = new SessionBudget(9, OptionalInt.of(2), OptionalLong.empty());
    UUID first = begin(two);
    use(first);
    use(begin(two));
    Claim claim = begins();
    assertEquals(Outcome.AT_ITS_CAP, judged(claim, two));
    node.remove(first);
    assertEquals(Outcome.DONE, judged(claim, two));
  }

  @Test
  void bytesAreReservedBeforeTheyAreWritten() {
    SessionBudget budget =
        new SessionBudget(9, OptionalInt.empty(), OptionalLong.of(2L * SIZE + 100));
    UUID key = begin(budget);
    begin(budget);
    assertEquals(Outcome.DONE, judged(new Claim(key, 1, 60), budget));
    assertEquals(Outcome.AT_ITS_CAP, judged(new Claim(key, 2, 60), budget));
    assertEquals(Outcome.DONE, judged(new Claim(key, 3, 40), budget));
    assertTrue(lives(key), "a session that grows ends nobody's");
  }

  /** Another node may have judged the client's claims, and written what this one never heard of. */
  @Test
  void whenOwnersChangeAllIsCountedAnew() {
    for (int i = 0; i < 3; i++) {
      store(begins());
    }
    UUID oldest = begin(new SessionBudget(4, OptionalInt.empty(), OptionalLong.empty()));
    store(begins());
    node.ownership.incrementAndGet();
    begin(THREE);
    assertEquals(3, census.client(CLIENT, 0).unused());
    assertTrue(lives(oldest), "it is the third last");
  }

  @Test
  void nobodyIsJudgedByNumbersThatAreNotKnown() {
    node.answers = false;
    Claim claim = begins();
    for (int i = 0; i < 100; i++) {
      assertEquals(Outcome.BUSY, claim(claim, THREE));
    }
    node.answers = true;
    assertEquals(Outcome.DONE, judged(claim, THREE));
  }

  /** What is found in a partition, and what is told of meanwhile, overlap in any way. */
  @Test
  void untilAPartitionHasSettledKeysCount() {
    byte[] begun = EntryFormat.write(EntryFormatTest.begun());
    UUID one = UUID.randomUUID();
    UUID two = UUID.randomUUID();
    UUID three = UUID.randomUUID();
    census.gained(1);
    census.changed(1, one, null, begun);
    census.found(1, one, begun);
    census.found(1, two, begun);
    census.changed(1, two, null, begun);
    census.changed(1, three, begun, null);
    census.found(1, three, begun);
    assertEquals(2, census.client(CLIENT, 0).sessions());
    census.settled(1);
    census.changed(1, two, begun, null);
    assertEquals(1, census.client(CLIENT, 0).sessions());
    assertEquals(
        List.of(one),
        census.client(CLIENT, 9).oldest().stream().map(SessionSummary.Unused::key).toList());
    census.lost(1);
    assertEquals(Count.NOTHING, census.client(CLIENT, 9));
  }
}
