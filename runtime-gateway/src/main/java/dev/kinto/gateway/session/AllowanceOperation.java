package dev.kinto.gateway.session;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What is asked about a client where all its claims are judged (contract C22). It runs at a key of
 * the client's, where nothing is ever stored.
 */
sealed interface AllowanceOperation extends Operation permits Reserve, Release {
  String clientId();

  /** Does it. */
  Outcome on(Allowances allowances);

  /** Where it runs. No session has this key, which is no hash of one. */
  default UUID place() {
    return UUID.nameUUIDFromBytes(("client " + clientId()).getBytes(StandardCharsets.UTF_8));
  }
}
