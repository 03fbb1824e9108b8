package dev.kinto.client;

/**
 * What a call wants of the session, given as a tag of the request: {@code
 * request.tag(SessionUse.class, SessionUse.NONE)}, with Retrofit {@code @Tag SessionUse}.
 */
public enum SessionUse {
  /** The call needs no session field, so it may be repeated in another session (contract C39). */
  NONE
}
