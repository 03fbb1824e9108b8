package dev.kinto.gateway.upstream;

import dev.kinto.gateway.route.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One address that a microservice runs at: its kept connections, the places for requests, and
 * whether it is set aside (contract C34).
 */
final class Upstream {
  private static final System.Logger LOG = System.getLogger(Upstream.class.getName());

  private final Endpoint endpoint;
  private final ConnectionPool pool;
  private final Slots slots = new Slots();
  private final Slots tunnels = new Slots();
  private final Setback setback = new Setback();

  /**
   * An upstream that is in use.
   *
   * @param tls for https
   */
  Upstream(Endpoint endpoint, @Nullable TlsSockets tls) {
    this.endpoint = endpoint;
    this.pool = new ConnectionPool(endpoint, tls);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Slots slots() {
    return slots;
  }

  /** The places for WebSockets. */
  Slots tunnels() {
    return tunnels;
  }

  Setback setback() {
    return setback;
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
    try {
      UpstreamConnection connection = pool.open(caller.limits().connect());
      reached(caller);
      return connection;
    } catch (ConnectFailedException e) {
      if (setback.failed(began, System.nanoTime())) {
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
    if (setback.over()) {
      LOG.log(Level.INFO, "Upstream of {0} back again: {1}", caller.name(), endpoint);
    }
  }

  /** Drops the connections that have been idle for too long. */
  void sweep() {
    pool.sweep();
  }

  void close() {
    pool.close();
  }
}
