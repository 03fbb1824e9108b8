package dev.kinto.gateway.forward;

/**
 * What stands before a microservice's paths in the addresses that clients call.
 *
 * @param text segments that each follow a slash, for instance {@code /articles}
 */
record PathPrefix(String text) {

  /** Whether a path, or what follows an authority, has the prefix; {@code /articles2} has not. */
  boolean isBefore(String path) {
    return path.startsWith(text)
        && (path.length() == text.length() || "/?#".indexOf(path.charAt(text.length())) >= 0);
  }

  /** The path as clients call it: with the prefix once. */
  String before(String path) {
    return isBefore(path) ? path : text + path;
  }

  /** A path that has the prefix, as the microservice is called with it. */
  String off(String path) {
    return path.substring(text.length());
  }
}
