package dev.kinto.gateway.manifests;

import java.util.Optional;

/** What came of asking an address for a manifest. */
sealed interface ManifestResponse {

  /**
   * A text, which may be a manifest.
   *
   * @param text the body
   * @param tag what to name it by the next time (RFC 9110, section 8.8.3), if the source said so
   */
  record Text(String text, Optional<String> tag) implements ManifestResponse {}

  /** What was named by its tag is still there (RFC 9110, section 15.4.5). */
  record Same() implements ManifestResponse {}

  /**
   * An answer that is none, for instance a redirect.
   *
   * @param reason what was found
   */
  record Unusable(String reason) implements ManifestResponse {}

  /**
   * No answer at all.
   *
   * @param reason what was found
   */
  record Silence(String reason) implements ManifestResponse {}
}
