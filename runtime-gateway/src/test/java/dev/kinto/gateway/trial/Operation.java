package dev.kinto.gateway.trial;

import java.util.Map;

/**
 * One attempt of a client at one gateway, as the client saw it.
 *
 * @param session the session's name, with which each of its values begins
 * @param node the gateway that was called: 1, 2, …
 * @param token which of the session's tokens was sent, counted from 0
 * @param begin when the client began, by {@link System#nanoTime}
 * @param end when it had the whole answer, or gave up
 * @param status of the answer; 0 if there was none
 * @param code of the refusal; empty if it was none
 * @param values of a write: register to the value written. Of a read: register to the value found,
 *     empty where there was none
 */
record Operation(
    String session,
    Kind kind,
    int node,
    int token,
    long begin,
    long end,
    Outcome outcome,
    int status,
    String code,
    Map<String, String> values) {

  /** What was asked for. */
  enum Kind {
    BEGIN,
    READ,
    WRITE,
    ROTATE,
    /** A write whose answer brings a new token, after which the older ones are dead. */
    LOGIN,
    END;

    boolean givesToken() {
      return this == ROTATE || this == LOGIN;
    }
  }

  /** What the client knows afterwards. */
  enum Outcome {
    /** It was acknowledged. */
    DONE,
    /** It cannot have had any effect. */
    REFUSED,
    /** No answer, or one that leaves it open. */
    UNKNOWN
  }

  Operation {
    values = Map.copyOf(values);
  }

  boolean done() {
    return outcome == Outcome.DONE;
  }

  boolean mayHaveHappened() {
    return outcome != Outcome.REFUSED;
  }

  /** As a line of an excerpt, with times in milliseconds since the trial began. */
  String describe(long origin) {
    return "%,9.1f–%,9.1f ms  gateway %d  %s %s: %s%s"
        .formatted(
            (begin - origin) / 1e6,
            (end - origin) / 1e6,
            node,
            kind,
            values,
            status == 0 ? outcome : status,
            code.isEmpty() ? "" : " " + code);
  }
}
