package dev.kinto.gateway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The hashes of the secrets that a client may send: mostly one, and more while a secret is being
 * replaced, so that nobody is locked out between the change here and the last application that
 * knows the new one (contract C22).
 */
public final class SecretHashes {
  /** How many secrets a client may have at a time. */
  static final int MOST = 4;

  /** Match nothing; for comparing when the client is unknown. */
  public static final SecretHashes NONE = new SecretHashes(List.of());

  /** Always {@link #MOST}, so that nobody can tell by the time how many secrets a client has. */
  private final List<SecretHash> hashes;

  private SecretHashes(List<SecretHash> hashes) {
    List<SecretHash> filled = new ArrayList<>(hashes);
    while (filled.size() < MOST) {
      filled.add(SecretHash.NONE);
    }
    this.hashes = List.copyOf(filled);
  }

  /** Of one to {@link #MOST} hashes; more than that were refused when the file was read. */
  static SecretHashes of(List<SecretHash> hashes) {
    return new SecretHashes(hashes);
  }

  /** How many secrets are good. */
  public int count() {
    return all().size();
  }

  /** Those of secrets that somebody can have. */
  List<SecretHash> all() {
    return hashes.stream().filter(hash -> !hash.equals(SecretHash.NONE)).toList();
  }

  /**
   * Whether this is one of the secrets. It is compared with every hash, for an unknown client with
   * as many that match nothing, so the time tells neither which one matched nor whether any did.
   */
  public boolean match(String secret) {
    SecretHash sent = SecretHash.of(secret);
    boolean matches = false;
    for (SecretHash hash : hashes) {
      matches |= hash.equals(sent);
    }
    return matches;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHashes that && hashes.equals(that.hashes);
  }

  @Override
  public int hashCode() {
    return hashes.hashCode();
  }
}
