package dev.kinto.client;

/**
 * A token and what the client knows of it. Thread-safe, compared by identity: two answers never
 * give the same token.
 */
final class Token {
  private final String value;
  private final int session;
  private volatile long rotateAtNanos;
  private final long lifeNanos;

  /**
   * A token.
   *
   * @param session the number that this client gave its session; the same after a rotation
   * @param rotateAtNanos when it shall be rotated, on the client's clock
   * @param lifeNanos the idle time that it was issued with; 0 if unknown
   */
  Token(String value, int session, long rotateAtNanos, long lifeNanos) {
    this.value = value;
    this.session = session;
    this.rotateAtNanos = rotateAtNanos;
    this.lifeNanos = lifeNanos;
  }

  /**
   * Whether a text can be sent as a token at all. OkHttp refuses other texts with a message that
   * shows them.
   */
  static boolean isUsable(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
  }

  String value() {
    return value;
  }

  boolean isOfSameSessionAs(Token other) {
    return session == other.session;
  }

  int session() {
    return session;
  }

  long lifeNanos() {
    return lifeNanos;
  }

  boolean isDueForRotation(long nowNanos) {
    return nowNanos - rotateAtNanos >= 0;
  }

  void rotateNotBefore(long nanos) {
    rotateAtNanos = nanos;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Token{session=" + session + "}";
  }
}
