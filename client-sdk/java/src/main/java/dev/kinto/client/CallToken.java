package dev.kinto.client;

/**
 * The token of one call, as a tag of its request: redirects inherit tags, and one of them may have
 * brought a new token. Used by one thread at a time, the one that makes the call.
 */
final class CallToken {
  private final boolean changing;
  private Token token;

  /**
   * The token of a call.
   *
   * @param changing whether its method may change something (RFC 9110 §9.2.1), as a login does
   */
  CallToken(Token token, boolean changing) {
    this.token = token;
    this.changing = changing;
  }

  boolean isChanging() {
    return changing;
  }

  Token get() {
    return token;
  }

  void set(Token token) {
    this.token = token;
  }

  /** Without the value: OkHttp prints tags. */
  @Override
  public String toString() {
    return token.toString();
  }
}
