package dev.kinto.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Obtains, rotates and ends tokens, with one exchange with {@code /auth} at a time, however many
 * calls wait for it (contract C39). Thread-safe.
 *
 * <p>{@code exchange} is held while {@code /auth} is asked, and guards what follows it below. A
 * call with a good token never waits for it.
 */
final class Tokens {
  private static final long ROTATION_RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AuthEndpoint auth;
  private final HeldToken held;
  private final Runnable onSessionLost;
  private final LongSupplier nanoClock;

  private final ReentrantLock exchange = new ReentrantLock();
  private int sessions;
  private volatile @Nullable Failure lastFailure;

  Tokens(AuthEndpoint auth, HeldToken held, Runnable onSessionLost, LongSupplier nanoClock) {
    this.auth = auth;
    this.held = held;
    this.onSessionLost = onSessionLost;
    this.nanoClock = nanoClock;
  }

  /** The token for a call: the one in use, rotated if it is time, or a new session's. */
  Token current() throws IOException {
    Token token = held();
    if (token == null) {
      return obtain();
    }
    if (token.isDueForRotation(nanoClock.getAsLong())) {
      rotate(token);
      Token rotated = held();
      return rotated == null ? token : rotated;
    }
    return token;
  }

  /**
   * The token to go on with after the gateway refused one. Of the many calls that were refused with
   * it the first one starts a new session; the others find its token in use, or wait for it.
   */
  Token after(Token refused) throws IOException {
    boolean lost = held.replace(refused, null);
    try {
      Token token = held();
      return token == null ? obtain() : token;
    } finally {
      if (lost) {
        onSessionLost.run();
      }
    }
  }

  /** Takes over the token by which the gateway replaced one in an answer (contract C28). */
  Token follow(Token sent, String value) {
    Token next = issued(value, sent.session(), sent.lifeNanos());
    held.follow(next);
    return next;
  }

  /** Ends the session, if there is one. */
  void end() throws IOException {
    // Waits for a rotation: the gateway does not end a session on the word of a replaced token.
    lock();
    try {
      Token token = held();
      if (token != null && held.replace(token, null)) {
        auth.delete(token);
      }
    } finally {
      exchange.unlock();
    }
  }

  private Token obtain() throws IOException {
    Failure failureBefore = lastFailure;
    lock();
    try {
      Token token = held();
      if (token != null) {
        return token;
      }
      Failure failure = lastFailure;
      if (failure != null && failure != failureBefore) {
        // It failed while this call waited: asking again for each that waited would be a storm.
        throw failure.cause;
      }
      return post();
    } finally {
      exchange.unlock();
    }
  }

  private Token post() throws IOException {
    try {
      AuthEndpoint.Grant grant = auth.post();
      Token token = issued(grant.token, ++sessions, grant.expiresInNanos);
      held.replace(null, token);
      return token;
    } catch (IOException e) {
      // The interruption of this thread is no failure of the others.
      if (!Thread.currentThread().isInterrupted()) {
        lastFailure = new Failure(e);
      }
      throw e;
    }
  }

  /**
   * Tries to rotate a token. Only one call does; the others go on with the old token, which works
   * for a grace time. If it fails, so does this one: whatever is wrong, the call itself finds out.
   */
  private void rotate(Token token) {
    if (!exchange.tryLock()) {
      return;
    }
    try {
      if (held() == token) {
        AuthEndpoint.Grant grant = auth.put(token);
        held.replace(token, issued(grant.token, token.session(), grant.expiresInNanos));
      }
    } catch (ProblemException refused) {
      // Not with each call that comes now.
      token.rotateNotBefore(nanoClock.getAsLong() + ROTATION_RETRY_NANOS);
    } catch (IOException lost) {
      // The answer may be lost, and the old token's grace time run: the next call tries again.
    } finally {
      exchange.unlock();
    }
  }

  /** A token just issued. It is rotated when half of its idle time has passed. */
  private Token issued(String value, int session, long lifeNanos) {
    return new Token(value, session, nanoClock.getAsLong() + lifeNanos / 2, lifeNanos);
  }

  private @Nullable Token held() {
    return held.get(nanoClock.getAsLong());
  }

  private void lock() throws InterruptedIOException {
    try {
      exchange.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException failure =
          new InterruptedIOException("Interrupted while waiting for a token");
      failure.initCause(e);
      throw failure;
    }
  }

  /** One attempt that failed, told from others by its identity. */
  private static final class Failure {
    private final IOException cause;

    Failure(IOException cause) {
      this.cause = cause;
    }
  }
}
