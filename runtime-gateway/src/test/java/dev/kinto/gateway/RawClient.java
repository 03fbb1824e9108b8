package dev.kinto.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that sends whatever bytes it is given, and reads answers strictly: what HTTP/1.1 does
 * not allow is an exception. Text is ISO 8859-1: one character for each byte.
 */
final class RawClient implements TextClient {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private boolean head;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawClient to(URI address) throws IOException {
    return connected(new Socket(), address);
  }

  /** From another loopback address of this machine. */
  static RawClient to(URI address, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    return connected(socket, address);
  }

  private static RawClient connected(Socket socket, URI address) throws IOException {
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawClient(socket);
  }

  /** A client on a connection that was made already. */
  static RawClient over(Socket connected) throws IOException {
    connected.setSoTimeout(TIMEOUT_MILLIS);
    return new RawClient(connected);
  }

  RawClient send(String text) throws IOException {
    head = text.startsWith("HEAD ");
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a request and reads its answer, which has no body if the request is a HEAD. */
  @Override
  public RawAnswer exchange(String request) throws IOException {
    return send(request).read();
  }

  /** Reads an answer, interim ones included; that of the last text sent if it was a HEAD. */
  RawAnswer read() throws IOException {
    RawAnswer answer = readHead();
    boolean bodiless =
        head || answer.status() < 200 || answer.status() == 204 || answer.status() == 304;
    return bodiless ? answer : withBody(answer);
  }

  /** Reads status line and header lines only; the body is read piece by piece then. */
  RawAnswer readHead() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> lines = new ArrayList<>();
    String statusLine = readLine();
    if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9]{2} [^\\r\\n]*")) {
      throw new IOException("This is no status line: " + statusLine);
    }
    text.append(statusLine).append("\r\n");
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\x00-\\x08\\x0A-\\x1F\\x7F]*")) {
        throw new IOException("This is no header line: " + line);
      }
      lines.add(line);
      text.append(line).append("\r\n");
    }
    text.append("\r\n");
    int status = Integer.parseInt(statusLine.substring(9, 12));
    return new RawAnswer(status, text.toString(), List.copyOf(lines), new byte[0]);
  }

  private RawAnswer withBody(RawAnswer answer) throws IOException {
    boolean chunked = answer.header("transfer-encoding").isPresent();
    boolean counted = answer.header("content-length").isPresent();
    if (chunked == counted) {
      throw new IOException("An answer needs exactly one framing: " + answer.head());
    }
    byte[] body =
        chunked
            ? readChunks()
            : readBytes(Integer.parseInt(answer.header("content-length").orElseThrow()));
    return new RawAnswer(answer.status(), answer.head(), answer.lines(), body);
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
      body.writeBytes(chunk);
    }
    return body.toByteArray();
  }

  /** Reads one chunk; the last one is empty. */
  byte[] readChunk() throws IOException {
    String size = readLine();
    if (!size.matches("[0-9a-fA-F]{1,7}")) {
      throw new IOException("This is no chunk size: \"" + size + "\"");
    }
    byte[] chunk = readBytes(Integer.parseInt(size, 16));
    if (!readLine().isEmpty()) {
      throw new IOException("A chunk has more data than its size says");
    }
    return chunk;
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("The connection ended " + (count - bytes.length) + " bytes early");
    }
    return bytes;
  }

  /** Reads a line without its CRLF; a CR or LF alone is refused. */
  String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection ended after \"" + line + "\"");
      }
      if (b == '\n') {
        throw new IOException("A line ends without CR: \"" + line + "\"");
      }
      line.append((char) b);
    }
    if (in.read() != '\n') {
      throw new IOException("A CR without LF after \"" + line + "\"");
    }
    return line.toString();
  }

  /** Waits for the end of the connection; false if a byte comes first. A reset is an end too. */
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Ends the sending side. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
