package dev.kinto.gateway.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A key manager: the identity for the name that the client asks for (RFC 6066, section 3), or else
 * the first one, which is also what a client shows.
 *
 * <p>JSSE chooses an alias and then asks for its chain and its key. So each identity that was ever
 * in use has an alias of its own: a renewal between the questions cannot mix two of them.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
  private final Kept<Identity> first;
  private final Map<String, Kept<Identity>> byName;
  private final Map<Identity, String> aliases = new ConcurrentHashMap<>();
  private final Map<String, Identity> identities = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  SniKeyManager(Kept<Identity> first, Map<String, Kept<Identity>> byName) {
    this.first = first;
    this.byName = Map.copyOf(byName);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyType, engine == null ? null : engine.getHandshakeSession());
  }

  private @Nullable String alias(String keyType, @Nullable SSLSession session) {
    String name = AnnouncedName.of(session).orElse("");
    Identity identity = byName.getOrDefault(name, first).current();
    return identity.hasKeyType(keyType) ? alias(identity) : null;
  }

  private String alias(Identity identity) {
    return aliases.computeIfAbsent(
        identity,
        added -> {
          String alias = "identity-" + number.incrementAndGet();
          identities.put(alias, added);
          return alias;
        });
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Identity identity = identities.get(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Identity identity = identities.get(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return clientAlias(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return clientAlias(keyTypes);
  }

  private @Nullable String clientAlias(String[] keyTypes) {
    Identity identity = first.current();
    return Stream.of(keyTypes).anyMatch(identity::hasKeyType) ? alias(identity) : null;
  }
}
