package dev.kinto.client;

import java.util.Optional;

/**
 * Keeps the token of one client between its uses, for instance in an Android application's
 * encrypted preferences. Whoever reads a token has the session: keep it like a password.
 *
 * <p>The client reads it before its first call, and again when the gateway says that there is a
 * newer token than the client knows; it writes every change, and never calls from two threads at a
 * time. It waits for the store on the thread of a call. Clients do not share a store.
 */
public interface TokenStore {
  /** The token saved last; empty if there is none. */
  Optional<String> load();

  /** Keeps a token in place of any other. */
  void save(String token);

  /** Forgets the token. */
  void clear();

  /** A store that ends with the process. */
  static TokenStore inMemory() {
    return new TokenStore() {
      @Override
      public Optional<String> load() {
        return Optional.empty();
      }

      @Override
      public void save(String token) {
        // The client itself remembers it.
      }

      @Override
      public void clear() {
        // Nothing is kept.
      }
    };
  }
}
