package dev.kinto.gateway.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
   * @param origin of the server
   * @param target path and query, as they were written
   */
  record AtUrl(HttpOrigin origin, String target) implements ManifestSource {
    /** Path and query of the characters that may stand there (RFC 3986, section 3.3 and 3.4). */
    private static final Pattern FORM =
        Pattern.compile(
            "([^:]+://[^/?#]+)((?:/(?:[\\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
                + "(?:\\?(?:[\\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?)");

    private static Optional<AtUrl> parse(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        return Optional.empty();
      }
      String path = parts.group(2);
      return HttpOrigin.parse(parts.group(1))
          .map(origin -> new AtUrl(origin, path.startsWith("/") ? path : "/" + path));
    }

    /** Shows no query, which may be a signature that opens the address. */
    @Override
    public String toString() {
      int query = target.indexOf('?');
      return origin + (query < 0 ? target : target.substring(0, query));
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
      return url(text);
    }
    return new OnDisk(section.readableFile(text));
  }

  private static AtUrl url(String text) {
    return AtUrl.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an address is wanted: http or https, host, perhaps a port, and a path; no"
                        + " user, no fragment."));
  }
}
