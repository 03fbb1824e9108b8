package dev.kinto.client;

/**
 * The token of one call, as a tag of its request: redirects inherit tags, and one of them may have
 * brought a new token. Used by one thread at a time, the one that makes the call.
 */
final class CallToken {
  private Token token;

  CallToken(Token token) {
    this.token = token;
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
