package dev.kinto.examples.walk;

import dev.kinto.client.TokenStore;
import java.util.Optional;

/**
 * A store that still knows the token when the client has forgotten it, for the walk's last step.
 */
final class RememberedToken implements TokenStore {
  private String last = "";

  String last() {
    return last;
  }

  @Override
  public Optional<String> load() {
    return Optional.empty();
  }

  @Override
  public void save(String token) {
    last = token;
  }

  @Override
  public void clear() {
    // That is the point.
  }
}
