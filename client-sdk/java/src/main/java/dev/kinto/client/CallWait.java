package dev.kinto.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import okhttp3.Call;

/**
 * How a call waits: until it is cancelled, which its time limit does too. OkHttp tells nobody who
 * waits in an interceptor, so it is asked often enough to seem at once.
 */
final class CallWait {
  /** For callers that have no call: only an interruption of their thread ends their wait. */
  static final CallWait WITHOUT_CALL = new CallWait(() -> false);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final BooleanSupplier canceled;

  private CallWait(BooleanSupplier canceled) {
    this.canceled = canceled;
  }

  static CallWait of(Call call) {
    return new CallWait(call::isCanceled);
  }

  /**
   * Takes a lock, which may take as long as a slow store of another call.
   *
   * @throws IOException if the call is cancelled or the thread interrupted
   */
  void lock(Lock lock) throws IOException {
    try {
      while (!lock.tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Waits, at most for a time, until something holds.
   *
   * @param change what is signalled when it may hold; its lock is held
   * @throws IOException if the call is cancelled or the thread interrupted
   */
  void await(Condition change, BooleanSupplier holds, long limitNanos) throws IOException {
    long began = System.nanoTime();
    while (!holds.getAsBoolean() && System.nanoTime() - began < limitNanos) {
      check();
      try {
        change.awaitNanos(LOOK_NANOS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private void check() throws IOException {
    if (canceled.getAsBoolean()) {
      throw new IOException("Canceled");
    }
  }

  private static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure =
        new InterruptedIOException("Interrupted while waiting for a token");
    failure.initCause(e);
    return failure;
  }
}
