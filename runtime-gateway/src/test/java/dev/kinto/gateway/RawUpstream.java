package dev.kinto.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A microservice on loopback that records requests byte for byte and answers with the bytes of a
 * script. Text is ISO 8859-1: one character for each byte.
 *
 * <pre>{@code
 * upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
 * upstream.answers((request, connection) -> connection.send("HTTP/1.1 200 OK\r\n…"));
 * }</pre>
 *
 * A script holds for the requests that come after it was set; one that returns leaves the
 * connection open for the next request unless it closed it.
 */
final class RawUpstream implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final int KEPT_BODY = 1024 * 1024;
  private static final int TIMEOUT_SECONDS = 30;

  private final ServerSocket server;
  private final Optional<SSLContext> tls;
  private final BlockingQueue<RawRequest> requests = new LinkedBlockingQueue<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();
  private volatile Script script = (_, connection) -> connection.send(OK);
  private volatile Script headScript = RawUpstream::continueIfExpected;

  private RawUpstream(ServerSocket server, Optional<SSLContext> tls) {
    this.server = server;
    this.tls = tls;
  }

  /** What to do with a request. */
  @FunctionalInterface
  interface Script {
    void answer(RawRequest request, Connection connection) throws IOException;
  }

  /** Starts an upstream that answers 200 with the body {@code ok}. */
  static RawUpstream start() throws IOException {
    return start(0);
  }

  /** Starts one on this port. */
  static RawUpstream start(int port) throws IOException {
    return start(port, Optional.empty());
  }

  /** Starts one that speaks TLS. */
  static RawUpstream start(SSLContext tls) throws IOException {
    return start(0, Optional.of(tls));
  }

  /** Starts one at this address of the machine, and no other. */
  static RawUpstream start(InetAddress address, int port) throws IOException {
    return start(address, port, Optional.empty());
  }

  private static RawUpstream start(int port, Optional<SSLContext> tls) throws IOException {
    return start(InetAddress.getLoopbackAddress(), port, tls);
  }

  private static RawUpstream start(InetAddress address, int port, Optional<SSLContext> tls)
      throws IOException {
    ServerSocket server = new ServerSocket(port, 50, address);
    RawUpstream upstream = new RawUpstream(server, tls);
    Thread.ofVirtual().name("raw-upstream").start(upstream::accept);
    return upstream;
  }

  URI uri() {
    return URI.create((tls.isPresent() ? "https://" : "http://") + authority());
  }

  int port() {
    return server.getLocalPort();
  }

  String authority() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** From now on, every request gets these bytes. */
  RawUpstream answers(String raw) {
    return answers((_, connection) -> connection.send(raw));
  }

  RawUpstream answers(Script newScript) {
    script = newScript;
    return this;
  }

  /** What happens when a head was read, before its body is; without this, Expect is obeyed. */
  RawUpstream onHead(Script newScript) {
    headScript = newScript;
    return this;
  }

  /** Forgets what was received, also what still arrives of it, and answers 200 again. */
  void reset() {
    script = (_, connection) -> connection.send(OK);
    headScript = RawUpstream::continueIfExpected;
    resets.incrementAndGet();
    requests.clear();
  }

  /** The next request, also an incomplete one; waits for it. */
  RawRequest take() {
    try {
      RawRequest request = requests.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("No request reached the upstream");
      }
      return request;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What was received and not taken; nothing is waited for. */
  List<RawRequest> received() {
    return List.copyOf(requests);
  }

  /** How many connections were made to it. */
  int connections() {
    return connections.get();
  }

  /** Waits until the gateway has ended all its connections. */
  void awaitNoConnections() throws InterruptedException {
    while (!sockets.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Closes all connections that are open, as an upstream does with idle ones. */
  void closeConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeConnections();
  }

  private static void continueIfExpected(RawRequest request, Connection connection)
      throws IOException {
    if (!request.all("expect").isEmpty()) {
      connection.send("HTTP/1.1 100 Continue\r\n\r\n");
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket transport = server.accept();
        transport.setTcpNoDelay(true);
        sockets.add(transport);
        Socket socket = tls.isPresent() ? over(transport, tls.get()) : transport;
        Connection connection = new Connection(socket, transport, connections.incrementAndGet());
        Thread.ofVirtual().name("raw-upstream-connection").start(() -> serve(connection));
      } catch (IOException e) {
        // Closed: there is nobody left to serve.
      }
    }
  }

  private static Socket over(Socket transport, SSLContext tls) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(transport, null, transport.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private void serve(Connection connection) {
    try (Socket socket = connection.socket) {
      while (!socket.isClosed()) {
        RawRequest head = connection.readHead();
        int begun = resets.get();
        headScript.answer(head, connection);
        if (socket.isClosed()) {
          keep(head, begun);
          return;
        }
        RawRequest request = connection.readBody(head);
        keep(request, begun);
        if (!request.complete()) {
          return;
        }
        script.answer(request, connection);
      }
    } catch (IOException e) {
      // The gateway closed the connection, which tests see by what was recorded.
    } finally {
      sockets.remove(connection.transport);
    }
  }

  private void keep(RawRequest request, int begun) {
    if (begun == resets.get()) {
      requests.add(request);
    }
  }

  /** One connection from the gateway, for the use of scripts. */
  static final class Connection {
    private final Socket socket;
    private final Socket transport;
    private final InputStream in;
    private final int number;

    private Connection(Socket socket, Socket transport, int number) throws IOException {
      this.socket = socket;
      this.transport = transport;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.number = number;
    }

    Connection send(String text) throws IOException {
      return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Connection send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    }

    void close() throws IOException {
      socket.close();
    }

    /** Ends the connection below TLS, which is not told. */
    void closeTransport() throws IOException {
      transport.close();
    }

    /** Waits for this many bytes behind the request. */
    String read(int count) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException("the gateway ended the connection");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Waits until the gateway has ended the connection; false if it did so with a reset. */
    boolean awaitEnd() throws IOException {
      try {
        in.transferTo(java.io.OutputStream.nullOutputStream());
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    /** Ends the connection with a reset. */
    void abort() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    private RawRequest readHead() throws IOException {
      String line = readLine();
      List<String> lines = new ArrayList<>();
      for (String header = readLine(); !header.isEmpty(); header = readLine()) {
        lines.add(header);
      }
      return new RawRequest(line, List.copyOf(lines), new byte[0], 0, 0, false, number);
    }

    private RawRequest readBody(RawRequest head) throws IOException {
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      Body body = new Body(kept);
      boolean complete = true;
      try {
        List<String> length = head.all("content-length");
        List<String> encoding = head.all("transfer-encoding");
        if (length.size() + encoding.size() > 1) {
          throw new IOException("more than one framing: " + head.lines());
        }
        if (!encoding.isEmpty()) {
          readChunks(encoding.getFirst(), body);
        } else if (!length.isEmpty()) {
          readCounted(Long.parseLong(length.getFirst()), body);
        }
      } catch (IOException e) {
        complete = false;
      }
      return new RawRequest(
          head.line(),
          head.lines(),
          kept.toByteArray(),
          body.length,
          body.crc.getValue(),
          complete,
          number);
    }

    private void readChunks(String encoding, Body body) throws IOException {
      if (!encoding.toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new IOException("Transfer-Encoding " + encoding);
      }
      while (true) {
        String size = readLine();
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
          throw new IOException("chunk size \"" + size + "\"");
        }
        long length = Long.parseLong(size, 16);
        readCounted(length, body);
        if (!readLine().isEmpty()) {
          throw new IOException(length == 0 ? "trailers" : "a chunk that is too long");
        }
        if (length == 0) {
          return;
        }
      }
    }

    private void readCounted(long length, Body body) throws IOException {
      byte[] piece = new byte[16 * 1024];
      for (long left = length; left > 0; ) {
        int count = in.read(piece, 0, (int) Math.min(piece.length, left));
        if (count < 0) {
          throw new EOFException("body");
        }
        body.add(piece, count);
        left -= count;
      }
    }

    private String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\r'; b = in.read()) {
        if (b < 0 || b == '\n') {
          throw new EOFException("line");
        }
        line.append((char) b);
      }
      if (in.read() != '\n') {
        throw new IOException("a CR without LF");
      }
      return line.toString();
    }
  }

  /** What was read of a body: its first part, its length and its checksum. */
  private static final class Body {
    private final ByteArrayOutputStream kept;
    private final CRC32 crc = new CRC32();
    private long length;

    Body(ByteArrayOutputStream kept) {
      this.kept = kept;
    }

    void add(byte[] bytes, int count) {
      kept.write(bytes, 0, Math.min(count, KEPT_BODY - kept.size()));
      crc.update(bytes, 0, count);
      length += count;
    }
  }
}
