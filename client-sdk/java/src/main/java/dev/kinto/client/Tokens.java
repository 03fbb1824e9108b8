package dev.kinto.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of a client: obtains, rotates and ends it, with one exchange with {@code /auth} at a
 * time, however many calls wait for it (contract C39). Thread-safe.
 *
 * <p>Each call knows the token that it began with, and each token the calls that are under way with
 * it and the token that came after it. That decides what a refused token means: one that has a
 * newer one is not the end of its session, and neither is one whose newer one may still be on its
 * way, in the answer to a login (contract C25, C28).
 */
final class Tokens {
  private static final long ROTATION_RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** The gateway said that there is a newer token. */
  private static final long REPLACED_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** An older gateway says of a replaced token too that its session has ended. */
  private static final long ENDED_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Whatever the gateway says, a user who comes back should not find the client still waiting. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AuthEndpoint auth;
  private final GuardedStore store;
  private final Runnable onSessionLost;
  private final LongSupplier nanoClock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean loaded;
  private @Nullable Token held;
  private @Nullable Exchange exchange;
  private int sessions;

  /** Why the gateway wants no request for a token before {@link #resumeAt}; null if it does. */
  private @Nullable ProblemException paused;

  private long resumeAt;

  /** Of the session that was lost last, as long as nobody has logged in to its successor. */
  private @Nullable Token lost;

  Tokens(AuthEndpoint auth, TokenStore store, Runnable onSessionLost, LongSupplier nanoClock) {
    this.auth = auth;
    this.store = new GuardedStore(store);
    this.onSessionLost = onSessionLost;
    this.nanoClock = nanoClock;
  }

  /** The token in use: rotated if it is time, or a new session's. */
  Token current(CallWait wait) throws IOException {
    wait.lock(lock);
    try {
      return acquire(wait);
    } finally {
      lock.unlock();
    }
  }

  /** A call begins. It ends with {@link #ends}. */
  CallToken begins(boolean changing, CallWait wait) throws IOException {
    wait.lock(lock);
    try {
      CallToken call = new CallToken(acquire(wait), changing);
      call.get().callBegins(changing);
      return call;
    } finally {
      lock.unlock();
    }
  }

  /** A call begins again with the token that {@link #after} gave. */
  void beginsAgain(CallToken call, Token token) {
    lock.lock();
    try {
      call.set(token);
      token.callBegins(call.isChanging());
    } finally {
      lock.unlock();
    }
  }

  /** The head of a call's answer has come, or never will. */
  void ends(CallToken call) {
    lock.lock();
    try {
      call.get().callEnds(call.isChanging());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The connection broke under a call: it may have been a login, with a new token in its answer.
   */
  void answerIsLost(CallToken call) {
    lock.lock();
    try {
      call.get().answerLost = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes over the token by which the gateway replaced a call's in its answer (contract C28). */
  void follow(CallToken call, String value) {
    lock.lock();
    try {
      Token sent = call.get();
      Token next = issued(value, sent.session(), sent.lifeNanos());
      sent.isFollowedBy(next);
      sent.callEnds(call.isChanging());
      next.callBegins(call.isChanging());
      call.set(next);
      if (isInUse(next) || (lost != null && lost.isOfSameSessionAs(next))) {
        // Of a session given up too early: somebody has logged in to it, and to no later one.
        lost = null;
        hold(next);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The token to go on with after the gateway refused a call's; null if there is none, and the
   * session is not lost either. Of the many calls that were refused with one token the first one
   * starts a new session; the others find its token in use, or wait for it.
   *
   * @param code why it was refused: {@code token-replaced}, {@code session-ended} or {@code
   *     token-invalid}
   */
  @Nullable Token after(CallToken call, String code, CallWait wait) throws IOException {
    wait.lock(lock);
    try {
      Token refused = call.get();
      boolean replaced = code.equals("token-replaced");
      refused.replaced |= replaced;
      awaitNewer(refused, !replaced, replaced ? REPLACED_WAIT_NANOS : ENDED_WAIT_NANOS, wait);
      if (held != refused) {
        return acquire(wait);
      }
      if (replaced) {
        search(refused, wait);
        if (held != refused) {
          return acquire(wait);
        }
        if (!refused.answerLost || refused.hasCalls(false)) {
          return null;
        }
      }
      lost = refused;
      hold(null);
    } finally {
      lock.unlock();
    }
    tellOfLoss();
    return current(wait);
  }

  /** Ends the session, if there is one. */
  void end() throws IOException {
    Exchange ending;
    Token token;
    lock.lock();
    try {
      // A rotation first: the gateway does not end a session on the word of a replaced token.
      CallWait.WITHOUT_CALL.await(changed, () -> exchange == null, Long.MAX_VALUE);
      load();
      token = held;
      lost = null;
      if (token == null) {
        return;
      }
      hold(null);
      ending = new Exchange(null);
      exchange = ending;
    } finally {
      lock.unlock();
    }
    try {
      delete(token);
    } finally {
      finish(ending, null);
    }
  }

  private void delete(Token ended) throws IOException {
    Token token = ended;
    while (true) {
      String refusal = auth.delete(token);
      if (refusal.isEmpty()) {
        return;
      }
      // A login is under way, perhaps: what it began is to end too.
      lock.lock();
      try {
        awaitNewer(
            token, !refusal.equals("token-replaced"), ENDED_WAIT_NANOS, CallWait.WITHOUT_CALL);
        if (token.newest() == token) {
          return;
        }
        token = token.newest();
      } finally {
        lock.unlock();
      }
    }
  }

  private Token acquire(CallWait wait) throws IOException {
    load();
    store.catchUp();
    while (true) {
      Token token = held;
      if (token == null) {
        if (exchange == null) {
          checkPause();
        }
        Exchange obtaining = exchange != null ? exchange : post();
        await(obtaining, wait);
        if (obtaining.failure != null) {
          // Asking again for each call that waited would be a storm.
          throw obtaining.failure;
        }
      } else if (token.replaced && token.hasCalls(false)) {
        awaitNewer(token, false, REPLACED_WAIT_NANOS, wait);
        if (held == token) {
          return token;
        }
      } else if (token.isDueForRotation(nanoClock.getAsLong()) && exchange == null) {
        // The others go on with the old token, which works for a grace time.
        await(put(token), wait);
        return held == null ? token : held;
      } else {
        return token;
      }
    }
  }

  private void load() throws IOException {
    if (!loaded) {
      long now = nanoClock.getAsLong();
      // Of session 0, and due for rotation.
      held = store.load().map(value -> new Token(value, 0, now, 0)).orElse(null);
      loaded = true;
    }
  }

  /** Waits as long as a newer token than this one may come. */
  private void awaitNewer(Token token, boolean fromChangingCalls, long limitNanos, CallWait wait)
      throws IOException {
    wait.await(
        changed,
        () ->
            token.newest() != token
                || (held != token && held != null && held.isOfSameSessionAs(token))
                || !(token.hasCalls(fromChangingCalls) || isBeingRotated(token)),
        limitNanos);
  }

  /**
   * Looks for a newer token where this client has not seen it: in the store, which another process
   * may have written, and at the gateway, if it was the answer to a rotation that was lost.
   */
  private void search(Token token, CallWait wait) throws IOException {
    if (token.searched) {
      return;
    }
    token.searched = true;
    Optional<String> stored = store.load().filter(value -> !value.equals(token.value()));
    if (stored.isPresent()) {
      long rotateAt = nanoClock.getAsLong() + ROTATION_RETRY_NANOS;
      Token next = new Token(stored.get(), token.session(), rotateAt, 0);
      token.isFollowedBy(next);
      held = next;
      changed.signalAll();
      return;
    }
    while (exchange != null) {
      await(exchange, wait);
    }
    if (held == token) {
      await(put(token), wait);
    }
  }

  /** Calls that need a token during a pause fail at once: waiting, they would all come together. */
  private void checkPause() throws ProblemException {
    ProblemException refusal = paused;
    if (refusal != null && nanoClock.getAsLong() - resumeAt < 0) {
      throw refusal;
    }
    paused = null;
  }

  private void pauseAfter(IOException failure) {
    if (failure instanceof ProblemException) {
      ProblemException refusal = (ProblemException) failure;
      long nanos = TimeUnit.SECONDS.toNanos(refusal.retryAfterSeconds());
      lock.lock();
      try {
        paused = nanos == 0 ? null : refusal;
        resumeAt = nanoClock.getAsLong() + Math.min(nanos, LONGEST_PAUSE_NANOS);
      } finally {
        lock.unlock();
      }
    }
  }

  private Exchange post() {
    Exchange obtaining = new Exchange(null);
    exchange = obtaining;
    auth.post(
        new AuthEndpoint.Reply() {
          @Override
          public void granted(AuthEndpoint.Grant grant) {
            lock.lock();
            try {
              if (held == null) {
                hold(issued(grant.token, ++sessions, grant.expiresInNanos));
              }
            } finally {
              lock.unlock();
            }
            finish(obtaining, null);
          }

          @Override
          public void failed(IOException failure) {
            pauseAfter(failure);
            finish(obtaining, failure);
          }
        });
    return obtaining;
  }

  /** Tries to rotate a token. If it fails: whatever is wrong, the call itself finds out. */
  private Exchange put(Token token) {
    Exchange rotating = new Exchange(token);
    exchange = rotating;
    auth.put(
        token,
        new AuthEndpoint.Reply() {
          @Override
          public void granted(AuthEndpoint.Grant grant) {
            rotated(token, issued(grant.token, token.session(), grant.expiresInNanos));
            finish(rotating, null);
          }

          @Override
          public void failed(IOException failure) {
            // Refused: not with each call that comes now. Else the answer may be lost, and the old
            // token's grace time run: the next call tries again.
            if (failure instanceof ProblemException) {
              rotateLater(token);
            }
            finish(rotating, null);
          }
        });
    return rotating;
  }

  private void rotated(Token token, Token next) {
    lock.lock();
    try {
      if (held == token) {
        token.isFollowedBy(next);
        hold(next);
      }
    } finally {
      lock.unlock();
    }
  }

  private void rotateLater(Token token) {
    lock.lock();
    try {
      token.rotateNotBefore(nanoClock.getAsLong() + ROTATION_RETRY_NANOS);
    } finally {
      lock.unlock();
    }
  }

  private void finish(Exchange finished, @Nullable IOException failure) {
    lock.lock();
    try {
      finished.failure = failure;
      finished.done = true;
      exchange = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(Exchange awaited, CallWait wait) throws IOException {
    wait.await(changed, () -> awaited.done, Long.MAX_VALUE);
  }

  /** A token just issued. It is rotated when half of its idle time has passed. */
  private Token issued(String value, int session, long lifeNanos) {
    return new Token(value, session, nanoClock.getAsLong() + lifeNanos / 2, lifeNanos);
  }

  private boolean isBeingRotated(Token token) {
    return exchange != null && exchange.token == token;
  }

  private boolean isInUse(Token token) {
    return held != null && held.isOfSameSessionAs(token);
  }

  private void hold(@Nullable Token next) {
    String before = held == null ? "" : held.value();
    held = next;
    if (next == null || !next.value().equals(before)) {
      store.write(next == null ? null : next.value());
    }
  }

  private void tellOfLoss() {
    try {
      onSessionLost.run();
    } catch (Throwable e) { // Errors too: this thread is not the application's to end.
      Warnings.log("The listener of onSessionLost failed", e);
    }
  }

  /** One exchange with {@code /auth}: of this token, or for a session's beginning or end. */
  private static final class Exchange {
    private final @Nullable Token token;
    private boolean done;
    private @Nullable IOException failure;

    Exchange(@Nullable Token token) {
      this.token = token;
    }
  }
}
