package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamLimits;
import java.io.IOException;

/**
 * One origin that a microservice runs at: its kept connections, the places for requests, and
 * whether it is set aside (contract C34).
 */
final class Upstream {
  private final ConnectionPool pool;
  private final Slots slots = new Slots();
  private final Slots tunnels = new Slots();
  private final Setback setback = new Setback();

  Upstream(Origin origin) {
    this.pool = new ConnectionPool(origin);
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

  /** A kept connection that is alive, or a new one. */
  UpstreamConnection take(UpstreamLimits limits) throws ConnectFailedException, IOException {
    UpstreamConnection kept = pool.take();
    if (kept == null) {
      return open(limits);
    }
    setback.over();
    return kept;
  }

  /** A new connection. */
  UpstreamConnection open(UpstreamLimits limits) throws ConnectFailedException, IOException {
    long began = System.nanoTime();
    try {
      UpstreamConnection connection = pool.open(limits.connect());
      setback.over();
      return connection;
    } catch (ConnectFailedException e) {
      setback.failed(began, System.nanoTime());
      throw e;
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
