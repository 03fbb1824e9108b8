package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.MessageWriter;
import dev.kinto.gateway.http1.ReceivedHead;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers for something small, outside of any client's call: each time over a connection of
 * its own, to the first address of the server's name that takes one. No redirects are followed.
 * Safe for use by any number of threads.
 */
public final class SingleGet implements AutoCloseable {
  private static final int MAX_INTERIM_ANSWERS = 16;
  private static final int REQUEST_CAPACITY = 512;

  private final int maxBytes;
  private final Duration connect;
  private final Duration whole;
  private final Map<UpstreamTls, TlsSockets> tls = new ConcurrentHashMap<>();
  private final Set<UpstreamConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Asks with these limits.
   *
   * @param maxBytes the greatest body
   * @param connect how long a connection to one address may take
   * @param whole how long an exchange may take once it is connected
   */
  public SingleGet(int maxBytes, Duration connect, Duration whole) {
    this.maxBytes = maxBytes;
    this.connect = connect;
    this.whole = whole;
  }

  /**
   * An answer.
   *
   * @param status its status code
   * @param headers its header lines
   * @param body its body; empty unless the status is 200
   */
  public record Response(int status, List<HeaderLine> headers, ByteBuffer body) {
    /** The value of the first line of this name, given in lower case. */
    public Optional<String> header(String lowerCaseName) {
      return headers.stream()
          .filter(line -> line.lowerCaseName().equals(lowerCaseName))
          .map(HeaderLine::value)
          .findFirst();
    }
  }

  /**
   * Asks.
   *
   * @param target path and query
   * @throws ConnectFailedException if no address of the server takes a connection
   * @throws SocketTimeoutException if no whole answer comes in time
   * @throws IOException if the answer breaks off, is not valid HTTP, or is too large
   */
  public Response get(HttpOrigin server, UpstreamTls trust, String target, List<HeaderLine> headers)
      throws IOException {
    UpstreamConnection connection = connect(server, trust);
    open.add(connection);
    try {
      if (closed) {
        throw new IOException("the gateway stops");
      }
      return exchange(connection, target, headers);
    } catch (MalformedMessageException e) {
      throw new IOException("it is not valid HTTP: " + e.reason(), e);
    } finally {
      open.remove(connection);
      connection.abort();
    }
  }

  /**
   * Asks one upstream, and reads no more of the answer than its head.
   *
   * @param sockets for https
   * @return the status
   * @throws IOException as {@link #get}
   */
  int status(Endpoint upstream, @Nullable TlsSockets sockets, String target) throws IOException {
    UpstreamConnection connection = new ConnectionPool(upstream, sockets).open(connect);
    open.add(connection);
    try {
      return send(connection, target, List.of()).status();
    } catch (MalformedMessageException e) {
      throw new IOException("it is not valid HTTP: " + e.reason(), e);
    } finally {
      open.remove(connection);
      connection.abort();
    }
  }

  private UpstreamConnection connect(HttpOrigin server, UpstreamTls trust) throws IOException {
    TlsSockets sockets = server.secure() ? tls.computeIfAbsent(trust, TlsSockets::new) : null;
    ConnectFailedException failure = null;
    for (InetAddress address : addresses(server)) {
      try {
        return new ConnectionPool(Endpoint.of(server, address), sockets).open(connect);
      } catch (ConnectFailedException e) {
        failure = e;
      }
    }
    throw noAddress(server, failure);
  }

  private static IOException noAddress(
      HttpOrigin server, @Nullable ConnectFailedException failure) {
    return failure == null
        ? new ConnectFailedException(server, new UnknownHostException(server.host()))
        : failure;
  }

  private static InetAddress[] addresses(HttpOrigin server) throws ConnectFailedException {
    try {
      return InetAddress.getAllByName(server.host());
    } catch (UnknownHostException e) {
      throw new ConnectFailedException(server, e);
    }
  }

  private Response exchange(UpstreamConnection connection, String target, List<HeaderLine> headers)
      throws IOException {
    ReceivedHead received = send(connection, target, headers);
    UpstreamResponseHead head = UpstreamResponseHead.check(received, "GET");
    boolean wanted = received.status() == 200 && head.hasBody();
    return new Response(
        received.status(),
        head.lines(),
        ByteBuffer.wrap(wanted ? read(connection.body(received)) : new byte[0]));
  }

  /** The head of the final answer. */
  private ReceivedHead send(UpstreamConnection connection, String target, List<HeaderLine> headers)
      throws IOException {
    connection.input().endsIn(whole.toNanos());
    MessageWriter request = new MessageWriter(REQUEST_CAPACITY);
    request.requestLine("GET", target);
    request.line("Host", connection.authority());
    request.line("Connection", "close");
    headers.forEach(request::line);
    request.endLine();
    connection.write(request.bytes(), 0, request.length());
    ReceivedHead received = connection.input().readHead();
    for (int interim = 1; received.status() < 200; interim++) {
      if (received.switchesProtocols() || interim > MAX_INTERIM_ANSWERS) {
        throw new MalformedMessageException("interim answers, and no final one");
      }
      received = connection.input().readHead();
    }
    return received;
  }

  private byte[] read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new IOException("it has more than " + maxBytes + " bytes");
    }
    return bytes;
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    closed = true;
    open.forEach(UpstreamConnection::abort);
  }
}
