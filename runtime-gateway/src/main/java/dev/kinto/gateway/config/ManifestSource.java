package dev.kinto.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the manifest of a microservice comes from (contract C42). What is on disk is the operator's
 * own word; what is pulled is the word of whoever answers.
 */
public sealed interface ManifestSource {

  /**
   * A manifest, or a jar that holds it.
   *
   * @param path where it lies
   */
  record OnDisk(Path path) implements ManifestSource {}

  /**
   * An address that serves it.
   *
   * @param address http or https
   */
  record AtUrl(URI address) implements ManifestSource {
    /** Shows no query, which may be a signature that opens the address. */
    @Override
    public String toString() {
      String text = address.toString();
      int query = text.indexOf('?');
      return query < 0 ? text : text.substring(0, query);
    }
  }

  /** The running microservice: each of its upstreams shows it at the well-known path. */
  record Running() implements ManifestSource {}

  /** A source that could not be made out: only a draft has it. */
  record Unreadable() implements ManifestSource {}

  /** Whether it is asked for on and on, rather than read once. */
  default boolean pulled() {
    return this instanceof AtUrl || this instanceof Running;
  }

  /** The source under {@code manifest}. */
  static ManifestSource read(Section section) {
    return section.has("manifest")
        ? section
            .<ManifestSource>optional("manifest", text -> parse(section, text))
            .orElseGet(Unreadable::new)
        : new Running();
  }

  private static ManifestSource parse(Section section, String text) {
    if (text.startsWith("http:") || text.startsWith("https:")) {
      return new AtUrl(url(text));
    }
    Path path = section.path(text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "there is no such readable file; a relative path begins where this file lies.");
    }
    return new OnDisk(path);
  }

  private static URI url(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "an address is wanted: http or https, host, perhaps a port, and a path; no user, no"
            + " fragment.");
  }
}
