package dev.kinto.gateway.trial;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A listener of a gateway, with the connections that are kept to it. Safe for many threads. */
final class Endpoint {
  private final InetSocketAddress address;
  private final int timeoutMillis;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /**
   * Makes one.
   *
   * @param timeoutMillis of each wait for it
   */
  Endpoint(InetSocketAddress address, int timeoutMillis) {
    this.address = address;
    this.timeoutMillis = timeoutMillis;
  }

  /** Makes one attempt. */
  Answer send(Request request) throws IOException {
    Connection connection = request.idempotent() ? idle.pollFirst() : null;
    if (connection == null) {
      connection = connect();
    }
    try {
      return connection.exchange(request.line(), request.headers(), request.body());
    } finally {
      if (connection.reusable()) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
    }
  }

  private Connection connect() throws IOException {
    try {
      return new Connection(address, timeoutMillis);
    } catch (IOException e) {
      throw (ConnectException) new ConnectException("Cannot connect to " + address).initCause(e);
    }
  }

  void close() {
    for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      c.close();
    }
  }
}
