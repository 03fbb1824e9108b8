package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HealthCheck;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.upstream.UpstreamStatus.Failure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One address that a microservice runs at: its kept connections, the places for requests, and
 * whether it is set aside (contract C34).
 */
final class Upstream {
  private static final System.Logger LOG = System.getLogger(Upstream.class.getName());

  /** What a try may take beyond the time for a connection, before another one is made. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Endpoint endpoint;
  private final ConnectionPool pool;
  private final ConcurrencyLimit slots = new ConcurrencyLimit();
  private final ConcurrencyLimit tunnels = new ConcurrencyLimit();
  private final Backoff backoff = new Backoff();
  private final @Nullable TlsSockets tls;

  /** Of those microservices that want to know. Changed by one thread at a time. */
  private final Map<ServiceId, Health> healths = new ConcurrentHashMap<>();

  private volatile @Nullable Failure lastFailure;

  /** Whose call last found that it cannot be connected to. */
  private volatile @Nullable Service missedBy;

  /**
   * An upstream that is in use.
   *
   * @param tls for https
   */
  Upstream(Endpoint endpoint, @Nullable TlsSockets tls) {
    this.endpoint = endpoint;
    this.tls = tls;
    this.pool = new ConnectionPool(endpoint, tls);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ConcurrencyLimit slots() {
    return slots;
  }

  /** The places for WebSockets. */
  ConcurrencyLimit tunnels() {
    return tunnels;
  }

  Backoff backoff() {
    return backoff;
  }

  /** A kept connection that is alive, or a new one, for a call of this microservice. */
  UpstreamConnection take(Service caller) throws ConnectFailedException, IOException {
    UpstreamConnection kept = pool.take();
    if (kept == null) {
      return open(caller);
    }
    reached(caller);
    return kept;
  }

  /** A new connection. */
  UpstreamConnection open(Service caller) throws ConnectFailedException, IOException {
    long began = System.nanoTime();
    pool.keepAtMost(caller.limits().maxConcurrent() - slots.taken());
    try {
      UpstreamConnection connection = pool.open(caller.limits().connect());
      reached(caller);
      return connection;
    } catch (ConnectFailedException e) {
      missedBy = caller;
      lastFailure = new Failure(Instant.now(), String.valueOf(e.getCause()));
      if (backoff.failed(began, System.nanoTime())) {
        LOG.log(
            Level.WARNING,
            "Upstream of {0} set aside: {1}: {2}",
            caller.name(),
            endpoint,
            String.valueOf(e.getCause()));
      }
      throw e;
    }
  }

  private void reached(Service caller) {
    if (backoff.over()) {
      LOG.log(Level.INFO, "Upstream of {0} back again: {1}", caller.name(), endpoint);
    }
  }

  /**
   * Tries it again on a thread of its own, if it is set aside and it is time: where packets vanish
   * that takes the whole time of a connection, which no request should wait for.
   */
  void tryIfDue(long now) {
    Service caller = missedBy;
    if (caller != null && backoff.claimTry(now, caller.limits().connect().plus(MARGIN).toNanos())) {
      Thread.ofVirtual().name("kinto-try-again").start(() -> tryAgain(caller));
    }
  }

  private void tryAgain(Service caller) {
    try {
      open(caller).close();
    } catch (IOException e) {
      // It stays set aside, and is tried again later.
    }
  }

  /** Whether it passes the health check of this microservice, if there is one. */
  boolean isHealthyFor(Service service) {
    Health health = health(service);
    return health == null || health.good();
  }

  private @Nullable Health health(Service service) {
    return service.healthCheck().isEmpty() ? null : healths.get(service.id());
  }

  /**
   * Asks it whether it is well for these microservices, if it is time, and forgets how it is for
   * all others.
   */
  void askIfDue(long now, Collection<Service> services) {
    Set<ServiceId> asking = services.stream().map(Service::id).collect(Collectors.toSet());
    healths.forEach(
        (service, health) -> {
          if (!asking.contains(service)) {
            health.close();
            healths.remove(service);
          }
        });
    for (Service service : services) {
      service.healthCheck().ifPresent(check -> health(check, service.id()).askIfDue(now, service));
    }
  }

  /** By a check that has changed, it is as it was until it was asked. */
  private Health health(HealthCheck check, ServiceId service) {
    Health before = healths.get(service);
    if (before != null && before.isBy(check)) {
      return before;
    }
    Health now = new Health(check, endpoint, tls, before);
    healths.put(service, now);
    if (before != null) {
      before.close();
    }
    return now;
  }

  UpstreamStatus status(Service service) {
    Health health = health(service);
    return new UpstreamStatus(
        endpoint.origin(),
        Optional.of(endpoint.address()),
        backoff.none() && (health == null || health.good()),
        health == null ? Optional.empty() : Optional.of(health.good()),
        slots.taken(),
        tunnels.taken(),
        later(lastFailure, health == null ? null : health.lastFailure()));
  }

  private static Optional<Failure> later(@Nullable Failure one, @Nullable Failure other) {
    return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
        .flatMap(Optional::stream)
        .max(Comparator.comparing(Failure::at));
  }

  /** Drops the connections that have been idle for too long. */
  void sweep() {
    pool.sweep();
  }

  void close() {
    healths.values().forEach(Health::close);
    pool.close();
  }
}
