package dev.kinto.gateway.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.kinto.gateway.config.RateLimit;
import dev.kinto.gateway.problem.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts requests and refuses those beyond a limit with {@code rate-limited} and the time after
 * which to come again (contract C22, C36). Each gateway counts by itself. Safe for use by any
 * number of threads.
 *
 * <p>A limit is part of what is counted by: a reload that changes it begins anew, one that does not
 * forgets nothing.
 */
public final class Throttle {
  private static final int MOST_COUNTED = 200_000;

  /** How much of operators' work that goes over many sessions is done at a time. */
  private static final int MOST_AT_WORK = 2;

  private static final Duration WORK_AGAIN_AFTER = Duration.ofSeconds(5);

  /** How many lists of sessions are made at a time: each is in memory. */
  private static final int MOST_LISTS = 4;

  private static final Duration LIST_AGAIN_AFTER = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Cache<Counted, Bucket> buckets;
  private final Semaphore work = new Semaphore(MOST_AT_WORK);
  private final Semaphore lists = new Semaphore(MOST_LISTS);

  /**
   * Nothing has been counted yet.
   *
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does: nobody sets it back
   */
  public Throttle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.buckets =
        Caffeine.newBuilder()
            .ticker(nanoTime::getAsLong)
            .maximumSize(MOST_COUNTED)
            // A bucket that nobody took from for that long is full again, as a new one is.
            .expireAfter(Expiry.<Counted, Bucket>accessing((counted, _) -> counted.limit().per()))
            .build();
  }

  /** A token is asked for from an address. */
  public void admitAuthFrom(String address, RateLimit limit) {
    admit(
        new Counted(Kind.AUTH_FROM, Networks.of(address), limit),
        "Too many tokens were asked for from this address.");
  }

  /** A token is asked for by a client that proved to be the one. */
  public void admitAuthOf(String clientId, RateLimit limit) {
    admit(
        new Counted(Kind.AUTH_OF, clientId, limit),
        "Too many tokens were asked for by this client.");
  }

  /**
   * Does what takes long and much memory, of which little is done at a time. Who asked may be gone
   * before it is done: then, too, it counts to its end.
   */
  public <T> T work(Supplier<T> large) {
    return oneOfFew(
        work,
        large,
        "As many exports and ends of sessions are under way as are done at a time: "
            + MOST_AT_WORK
            + ". Repeat it when one of them is done.",
        WORK_AGAIN_AFTER);
  }

  /** Makes a list of sessions, of which few are made at a time. */
  public <T> T list(Supplier<T> list) {
    return oneOfFew(
        lists,
        list,
        "As many lists of sessions are being made as are made at a time: " + MOST_LISTS + ".",
        LIST_AGAIN_AFTER);
  }

  private static <T> T oneOfFew(
      Semaphore places, Supplier<T> large, String refusal, Duration againAfter) {
    if (!places.tryAcquire()) {
      throw new Refusal.RateLimited(refusal, againAfter);
    }
    try {
      return large.get();
    } finally {
      places.release();
    }
  }

  /** A client calls a microservice. */
  public void admitCallOf(String clientId, RateLimit limit) {
    admit(new Counted(Kind.CALL_OF, clientId, limit), "This client called too often.");
  }

  /** Somebody at this address sent a secret that is no operator's. */
  public void admitWrongSecretFrom(String address, RateLimit limit) {
    admit(
        new Counted(Kind.WRONG_SECRET_FROM, Networks.of(address), limit),
        "Too many wrong secrets were sent from this address.");
  }

  private void admit(Counted counted, String refusal) {
    ConsumptionProbe probe = buckets.get(counted, this::bucket).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new Refusal.RateLimited(
          refusal + " Wait as long as Retry-After says.",
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket bucket(Counted counted) {
    RateLimit limit = counted.limit();
    return Bucket.builder()
        .addLimit(
            bandwidth ->
                bandwidth.capacity(limit.requests()).refillGreedy(limit.requests(), limit.per()))
        .withCustomTimePrecision(new Meter())
        .build();
  }

  /** What requests are counted by. */
  private enum Kind {
    AUTH_FROM,
    AUTH_OF,
    CALL_OF,
    WRONG_SECRET_FROM
  }

  /** Whose requests are counted, and against which limit. */
  private record Counted(Kind kind, String key, RateLimit limit) {}

  /** The time, as buckets read it. */
  private final class Meter implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
