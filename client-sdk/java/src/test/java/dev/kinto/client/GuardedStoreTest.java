package dev.kinto.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an application's store missed is written once, and nothing else (contract C39). */
class GuardedStoreTest {
  private final Recording recording = new Recording();
  private final GuardedStore store = new GuardedStore(recording);

  private static final class Recording implements TokenStore {
    private final List<String> calls = new ArrayList<>();
    private boolean failing;

    @Override
    public Optional<String> load() {
      return Optional.empty();
    }

    @Override
    public void save(String token) {
      record("save " + token);
    }

    @Override
    public void clear() {
      record("clear");
    }

    private void record(String call) {
      if (failing) {
        throw new IllegalStateException("the disk is full");
      }
      calls.add(call);
    }
  }

  @Test
  void whatFailedIsWrittenLater() {
    recording.failing = true;
    store.write("a");
    store.catchUp();
    recording.failing = false;
    store.catchUp();
    store.catchUp();
    assertEquals(List.of("save a"), recording.calls);
  }

  @Test
  void aWriteThatSucceedsMakesUpForOneThatFailed() {
    recording.failing = true;
    store.write("a");
    recording.failing = false;
    store.write("b");
    store.catchUp();
    assertEquals(List.of("save b"), recording.calls, "the token is not cleared behind its save");
  }

  @Test
  void aClearThatFailedIsDoneLater() {
    recording.failing = true;
    store.write(null);
    recording.failing = false;
    store.catchUp();
    store.catchUp();
    assertEquals(List.of("clear"), recording.calls);
  }
}
