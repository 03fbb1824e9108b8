package dev.kinto.gateway.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A kept connection of a plain HTTP/1.1 client. It repeats nothing by itself, so that each request
 * is one attempt; {@link java.net.http.HttpClient} does not promise that.
 */
final class Connection implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private final String host;
  private boolean reusable = true;

  /**
   * Connects.
   *
   * @param timeoutMillis of the connecting, and of each wait for bytes of an answer
   */
  Connection(InetSocketAddress address, int timeoutMillis) throws IOException {
    socket.connect(address, timeoutMillis);
    socket.setSoTimeout(timeoutMillis);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    host = address.getHostString() + ":" + address.getPort();
  }

  /**
   * Sends a request and reads its answer.
   *
   * @param line method and target
   * @param headers lines, each with its end
   */
  Answer exchange(String line, String headers, String body) throws IOException {
    reusable = false;
    String length =
        body.isEmpty() && line.startsWith("GET") ? "" : "Content-Length: " + body.length() + "\r\n";
    String request =
        line + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + length + "\r\n" + body;
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    String statusLine = readLine();
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new IOException("This is no status line: " + statusLine);
    }
    Answer answer = readRest(Integer.parseInt(statusLine.substring(9, 12)));
    reusable = !answer.header("connection").orElse("").equalsIgnoreCase("close");
    return answer;
  }

  private Answer readRest(int status) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return new Answer(status, headers, readChunks());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(status, headers, read(length));
  }

  private String readChunks() throws IOException {
    StringBuilder body = new StringBuilder();
    int size;
    do {
      size = Integer.parseInt(readLine(), 16);
      body.append(read(size));
      readLine();
    } while (size > 0);
    return body.toString();
  }

  private String read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The answer ended early");
    }
    return new String(bytes, ISO_8859_1);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The connection ended");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Whether another request may be sent. */
  boolean reusable() {
    return reusable;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is lost with it.
    }
  }
}
