package dev.kinto.gateway;

/** Requests as a {@link RawClient} sends them. */
final class RequestText {
  private RequestText() {}

  /**
   * A request without a body.
   *
   * @param methodAndTarget {@code METHOD /target}
   * @param lines whole header lines without their ends
   */
  static String request(String methodAndTarget, String... lines) {
    StringBuilder request =
        new StringBuilder(methodAndTarget).append(" HTTP/1.1\r\nHost: test\r\n");
    for (String line : lines) {
      request.append(line).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /** The header line of a token. */
  static String bearer(String token) {
    return "Kinto-Authorization: Bearer " + token;
  }
}
