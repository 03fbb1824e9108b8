package dev.kinto.gateway.contracts;

/**
 * One thing that makes a manifest unusable.
 *
 * @param kind the id of the rule that it breaks, or {@code KintoManifestInvalid}
 * @param pointer the JSON pointer to what is wrong (RFC 6901); empty for the whole
 * @param text what was found and the mend
 */
public record ManifestProblem(String kind, String pointer, String text) {

  /** A problem of the manifest as JSON, rather than of what it declares. */
  public static ManifestProblem of(String pointer, String text) {
    return new ManifestProblem(FindingKind.MANIFEST_INVALID.id(), pointer, text);
  }

  /** The line for people: {@code /routes/0/path: …}. */
  @Override
  public String toString() {
    return pointer.isEmpty() ? text : pointer + ": " + text;
  }
}
