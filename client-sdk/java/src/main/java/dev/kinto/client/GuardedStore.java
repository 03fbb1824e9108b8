package dev.kinto.client;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application's store, whose failures lose no token and crash no call: what could not be written
 * is written with the next call. Guarded by the lock of {@link Tokens}.
 */
final class GuardedStore {
  private final TokenStore store;
  private @Nullable String unwritten;
  private boolean behind;

  GuardedStore(TokenStore store) {
    this.store = store;
  }

  /**
   * The token in the store.
   *
   * @throws IOException if the store failed: without it nobody knows whether there is a session
   */
  Optional<String> load() throws IOException {
    try {
      return store.load().filter(Token::isUsable);
    } catch (Throwable e) { // Errors too: of a native library that is absent, of a TODO().
      throw new IOException(
          "The TokenStore failed in load(): "
              + e
              + ". Let it answer Optional.empty() to begin anew",
          e);
    }
  }

  /** Writes a token in place of any other; null forgets it. */
  void write(@Nullable String token) {
    unwritten = token;
    behind = !tryToWrite();
  }

  /** Writes what could not be written before. */
  void catchUp() {
    if (behind) {
      behind = !tryToWrite();
    }
  }

  private boolean tryToWrite() {
    String token = unwritten;
    try {
      if (token == null) {
        store.clear();
      } else {
        store.save(token);
      }
      unwritten = null;
      return true;
    } catch (Throwable e) { // Errors too: of a native library that is absent, of a TODO().
      if (!behind) {
        Warnings.log("The TokenStore failed; it is tried again with the next calls", e);
      }
      return false;
    }
  }
}
