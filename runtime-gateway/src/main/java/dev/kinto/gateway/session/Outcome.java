package dev.kinto.gateway.session;

/** What became of an operation on a session's entry, judged where the entry lives. */
enum Outcome {
  /** It is done, now or by an earlier try of the same operation. */
  DONE,
  /** It is done, and the session got its first field by it. */
  FIRST_FIELD,
  /** There is no such session any more; nothing was changed. */
  ENDED,
  /** The session lives, but the token is not good enough for this any more; nothing was changed. */
  REPLACED,
  /** The session would grow beyond its limits; nothing was changed. */
  TOO_LARGE
}
