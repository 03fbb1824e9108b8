package dev.kinto.gateway;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.Place;
import dev.kinto.gateway.session.KeptTokenKey;
import dev.kinto.gateway.session.TokenKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.Consumer;

/**
 * Where the keys of tokens come from: the configuration, or else the key that is made and kept in
 * the data directory (contract C23).
 */
final class TokenKeySource {
  private final KeptTokenKey kept;

  /**
   * A source.
   *
   * @param dataDirectory where a key is kept, as long as the gateway runs
   */
  TokenKeySource(Path dataDirectory) {
    this.kept = new KeptTokenKey(dataDirectory);
  }

  /** Notes what is wrong with a key that the configuration relies on. */
  void check(ConfigDraft draft) {
    if (draft.readable().tokens().keys().isEmpty()) {
      kept.problem()
          .ifPresent(
              text ->
                  draft
                      .problems()
                      .add(Place.in(kept.file()), text, "tokens.keys", "dataDirectory"));
    }
  }

  /** What the operator should know of it. */
  void warn(GatewayConfig config, Consumer<String> warnings) {
    if (config.tokens().keys().isEmpty()) {
      kept.exposure().ifPresent(warnings);
    }
  }

  /**
   * The keys to work with; a key to keep is made on first use.
   *
   * @param warnings takes what the operator should know
   */
  TokenKeys keys(GatewayConfig config, Consumer<String> warnings) throws IOException {
    if (config.tokens().keys().isEmpty()) {
      return kept.keys(warnings);
    }
    LinkedHashMap<String, String> secrets = new LinkedHashMap<>();
    config.tokens().keys().forEach(key -> secrets.put(key.id(), key.secret()));
    return TokenKeys.of(secrets);
  }
}
