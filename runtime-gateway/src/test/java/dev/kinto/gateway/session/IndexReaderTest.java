package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.gateway.grid.GridNode;
import dev.kinto.gateway.session.SessionSearch.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node answers while other fields are indexed (contract C44). */
@Timeout(60)
class IndexReaderTest {
  private static final UUID KEY = new UUID(0, 1);
  private static final FieldValue USER = FieldValue.of("auth-userId", "12345678901234567890");
  private static final FieldValue CART =
      FieldValue.ofWire("shop-Cart_id", "%C3%BC ~\u00e9 of 8-bit ch");

  private final OneNode node = new OneNode();
  private final SessionGrid.Operations operations =
      new SessionGrid.Operations(List::of, Set.of(USER.field()));

  IndexReaderTest() {
    operations.begins(node);
    operations.gained(0);
    node.entries.put(KEY, EntryFormat.write(EntryFormatTest.full()));
    node.entries.forEach((key, value) -> operations.found(0, key, value));
  }

  /** All entries are in its one partition, which is read when it may be. */
  private static final class OneNode implements GridNode {
    private final Map<UUID, byte[]> entries = new ConcurrentHashMap<>();
    private final CountDownLatch isRead = new CountDownLatch(1);
    private final CountDownLatch mayBeRead = new CountDownLatch(1);

    @Override
    public long ownership() {
      return 0;
    }

    @Override
    public Optional<List<byte[]>> askAll(byte[] question) {
      return Optional.empty();
    }

    @Override
    public boolean forEach(int partition, BiConsumer<UUID, byte[]> visitor) {
      isRead.countDown();
      try {
        mayBeRead.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      entries.forEach(visitor);
      return true;
    }

    @Override
    public Optional<byte[]> peek(UUID key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
      throw new UnsupportedOperationException();
    }
  }

  /** Empty: ask again. */
  private Optional<Answer> find(FieldValue value) {
    SessionSearch search =
        new SessionSearch(
            Optional.empty(),
            Optional.empty(),
            Optional.of(value),
            SearchPlace.START,
            10,
            EntryFormatTest.NOW + 10);
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    operations.asked(search.toBytes(), answer::complete);
    return Answer.read(answer.join());
  }

  private static Optional<Integer> count(Optional<Answer> answer) {
    return answer.map(each -> each.found().size());
  }

  private int awaitCount(FieldValue value) {
    Optional<Integer> found = count(find(value));
    while (found.isEmpty()) {
      Thread.onSpinWait();
      found = count(find(value));
    }
    return found.get();
  }

  /** Neither by a field that is new nor by one that was indexed before is nobody found. */
  @Test
  void nobodyIsOverlookedWhileTheIndexIsRead() throws Exception {
    assertEquals(Optional.of(1), count(find(USER)));

    operations.index(Set.of(USER.field(), CART.field()));
    node.isRead.await();
    operations.settled(0); // of what was found before
    assertEquals(Optional.empty(), find(USER));
    assertEquals(Optional.empty(), find(CART));
    node.mayBeRead.countDown();
    assertEquals(1, awaitCount(CART));
    assertEquals(1, awaitCount(USER));

    operations.index(Set.of(CART.field()));
    assertEquals(false, find(USER).orElseThrow().indexed());
    assertEquals(1, awaitCount(CART));
  }

  @Test
  void whatChangesWhileTheIndexIsReadIsFoundAsItIsThen() throws Exception {
    operations.index(Set.of(USER.field(), CART.field()));
    node.isRead.await();
    byte[] before = EntryFormat.write(EntryFormatTest.full());
    byte[] after = EntryFormat.write(EntryFormatTest.begun());
    node.entries.put(KEY, after);
    operations.changed(0, KEY, before, after);
    UUID later = new UUID(0, 2);
    node.entries.put(later, before);
    operations.changed(0, later, null, before);
    node.mayBeRead.countDown();

    assertEquals(1, awaitCount(CART));
    assertEquals(later, find(USER).orElseThrow().found().getFirst().key());
  }

  /** Logins of clients near their most would wait otherwise. */
  @Test
  void sessionsStayCounted() throws Exception {
    operations.index(Set.of());
    operations.index(Set.of(CART.field()));
    node.isRead.await();

    assertEquals(1, operations.sessions());
    operations.changed(0, KEY, node.entries.get(KEY), null);
    assertEquals(0, operations.sessions());
    node.mayBeRead.countDown();
  }
}
