package dev.kinto.gateway.session;

/**
 * What became of an operation, judged where it was carried out. The codes travel between gateways
 * and never change (contract C37b).
 */
enum Outcome {
  /** It is done, now or by an earlier try of the same operation. */
  DONE(0),
  /** There is no such session any more; nothing was changed. */
  ENDED(1),
  /** The session lives, but the token is not good enough for this any more; nothing was changed. */
  REPLACED(2),
  /** The session would grow beyond its limits; nothing was changed. */
  TOO_LARGE(3),
  /** The memory of the node is full, and this would have added to it; nothing was changed. */
  NO_ROOM(4),
  /** The session got its first field since it was looked at; nothing was changed. */
  USED_MEANWHILE(5),
  /** A newer version of the gateway wrote the entry; nothing was changed. */
  UNREADABLE(6),
  /**
   * A newer version of the gateway asked for this, which is not known here; nothing was changed.
   */
  UNKNOWN(7),
  /** The session would grow by more than is reserved for it; nothing was changed. */
  GREW_MORE(8),
  /** It is being looked whether the client may have more; it is to be asked again. */
  BUSY(9),
  /** The client has all that it may have; nothing is reserved. */
  AT_ITS_CAP(10);

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  byte[] toBytes() {
    return new byte[] {(byte) code};
  }

  static Outcome of(int code) {
    for (Outcome each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return UNKNOWN;
  }
}
