package dev.kinto.gateway.trial;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A session of the trial, with the token that its clients have. Safe for many threads. */
final class TrialSession {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final String name = "s" + NUMBERS.incrementAndGet();
  private final AtomicLong values = new AtomicLong();

  /** One rotation at a time, as a client library has it. */
  final ReentrantLock rotation = new ReentrantLock();

  private volatile Held held = new Held("", 0);
  private volatile boolean lost;

  String name() {
    return name;
  }

  Held held() {
    return held;
  }

  /** Takes a token in place of the one that was there. */
  void take(String token) {
    held = new Held(token, held.token.isEmpty() ? 0 : held.number + 1);
  }

  /** A value that is written once only, and tells whose it is. */
  String nextValue() {
    return name + "." + values.incrementAndGet();
  }

  /** Nobody has a token of it any more: the answer that brought it did not arrive. */
  void lose() {
    lost = true;
  }

  boolean lost() {
    return lost;
  }

  /** A token and which of the session's it is. */
  record Held(String token, int number) {}
}
