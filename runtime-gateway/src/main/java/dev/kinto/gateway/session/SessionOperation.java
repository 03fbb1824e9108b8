package dev.kinto.gateway.session;

/** What is done to one session where its entry lives, alone with the entry. */
sealed interface SessionOperation extends Operation
    permits Create, Renew, Rotate, ApplyChange, End, EndUnused, Revoke {
  /** Does it. */
  Outcome on(Slot slot);
}
