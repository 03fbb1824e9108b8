package dev.kinto.client;

import org.jspecify.annotations.Nullable;

/**
 * A token, what the client knows of it, and the calls that are under way with it. Compared by
 * identity. What changes is guarded by the lock of {@link Tokens}.
 */
final class Token {
  private final String value;
  private final int session;
  private final long lifeNanos;
  private long rotateAtNanos;

  private int calls;
  private int changingCalls;
  private @Nullable Token successor;

  /** Whether the gateway said that there is a newer one. */
  boolean replaced;

  /** Whether the answer to a call is lost, which may have brought a newer one. */
  boolean answerLost;

  /** Whether a newer one was already looked for outside of this process's memory. */
  boolean searched;

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

  void callBegins(boolean changing) {
    calls++;
    changingCalls += changing ? 1 : 0;
  }

  void callEnds(boolean changing) {
    calls--;
    changingCalls -= changing ? 1 : 0;
  }

  boolean hasCalls(boolean changingOnly) {
    return (changingOnly ? changingCalls : calls) > 0;
  }

  /** The newest token of its session that came after it; itself if there is none. */
  Token newest() {
    Token newest = this;
    for (Token next = successor; next != null; next = next.successor) {
      newest = next;
    }
    return newest;
  }

  void isFollowedBy(Token next) {
    newest().successor = next;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Token{session=" + session + "}";
  }
}
