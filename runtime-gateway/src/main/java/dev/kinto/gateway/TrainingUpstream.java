package dev.kinto.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The microservice that {@link Training} calls: it answers each request without a body alike. */
final class TrainingUpstream implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\ntrain-count: 1\r\n\r\nok"
          .getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket server;

  private TrainingUpstream(ServerSocket server) {
    this.server = server;
  }

  static TrainingUpstream start() throws IOException {
    TrainingUpstream upstream =
        new TrainingUpstream(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(upstream::accept);
    return upstream;
  }

  URI uri() {
    return URI.create(
        "http://"
            + InetAddress.getLoopbackAddress().getHostAddress()
            + ":"
            + server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      var lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          connection.getOutputStream().write(ANSWER);
        }
      }
    } catch (IOException e) {
      // The gateway has gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
