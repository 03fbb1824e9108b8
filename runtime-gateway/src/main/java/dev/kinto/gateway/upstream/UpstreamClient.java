package dev.kinto.gateway.upstream;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.wire.ClientBodyException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Calls microservices over HTTP/1.1, blocking, on kept connections (contract C33, C34). Safe for
 * use by any number of threads.
 */
public final class UpstreamClient implements AutoCloseable {
  private final Map<URI, ConnectionPool> pools = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * Calls one of the request's upstreams, each in its turn; one that refuses the connection is
   * passed over.
   *
   * @throws Refusal upstream-unreachable, upstream-timeout, upstream-invalid-response, or
   *     request-invalid if the client's own body broke off
   */
  public UpstreamResponse call(UpstreamRequest request) {
    List<URI> upstreams = request.upstreams();
    int first = Math.floorMod(turn.getAndIncrement(), upstreams.size());
    ConnectFailedException failure = null;
    for (int i = 0; i < upstreams.size(); i++) {
      URI upstream = upstreams.get((first + i) % upstreams.size());
      try {
        return call(upstream, request);
      } catch (ConnectFailedException e) {
        // Nothing was sent: the next one may be tried, whatever the method.
        failure = e;
      }
    }
    throw new Refusal(
        ProblemCode.UPSTREAM_UNREACHABLE, "The microservice cannot be reached.", failure);
  }

  private UpstreamResponse call(URI upstream, UpstreamRequest request)
      throws ConnectFailedException {
    ConnectionPool pool = pools.computeIfAbsent(upstream, ConnectionPool::new);
    try {
      UpstreamConnection connection = pool.take();
      try {
        return connection.exchange(request);
      } catch (NoHttpResponseException | SocketException e) {
        // The upstream closed a kept connection at the moment in which it was taken.
        if (!connection.reused() || !request.repeatable()) {
          throw e;
        }
        return pool.open().exchange(request);
      }
    } catch (ConnectFailedException e) {
      throw e;
    } catch (ClientBodyException e) {
      throw new Refusal(
          ProblemCode.REQUEST_INVALID, "The request's body broke off or is not valid HTTP.", e);
    } catch (SocketTimeoutException e) {
      throw new Refusal(
          ProblemCode.UPSTREAM_TIMEOUT, "The microservice did not answer in time.", e);
    } catch (ConnectionClosedException
        | HttpException
        | InvalidAnswerException
        | MessageConstraintException
        | NoHttpResponseException e) {
      throw new Refusal(
          ProblemCode.UPSTREAM_INVALID_RESPONSE,
          "The microservice's answer broke off or is not valid HTTP.",
          e);
    } catch (IOException e) {
      throw new Refusal(
          ProblemCode.UPSTREAM_UNREACHABLE, "The connection to the microservice broke.", e);
    }
  }

  @Override
  public void close() {
    pools.values().forEach(ConnectionPool::close);
  }
}
