package dev.kinto.client;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The token in use, in memory and in the application's store. Thread-safe: each change is made to
 * both under one lock, so that the store never ends up with an older token than the memory.
 */
final class HeldToken {
  private final ReentrantLock lock = new ReentrantLock();
  private final TokenStore store;
  private boolean loaded;
  private @Nullable Token token;

  HeldToken(TokenStore store) {
    this.store = store;
  }

  /** The token; null if there is none. One from the store is of session 0, and due for rotation. */
  @Nullable Token get(long nowNanos) {
    lock.lock();
    try {
      if (!loaded) {
        loaded = true;
        Optional<String> stored = store.load().filter(Token::isUsable);
        token = stored.map(value -> new Token(value, 0, nowNanos, 0)).orElse(null);
      }
      return token;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a token, or none, in the place of an expected one. */
  boolean replace(@Nullable Token expected, @Nullable Token next) {
    lock.lock();
    try {
      if (token != expected) {
        return false;
      }
      set(next);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a token in the place of whichever its session had; not in that of another session's. */
  void follow(Token next) {
    lock.lock();
    try {
      if (token != null && token.isOfSameSessionAs(next)) {
        set(next);
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(@Nullable Token next) {
    String before = token == null ? "" : token.value();
    token = next;
    if (next == null) {
      store.clear();
    } else if (!next.value().equals(before)) {
      store.save(next.value());
    }
  }
}
