package dev.kinto.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 client that sends whatever frames it is given. Text is ISO 8859-1: one character for
 * each byte. One thread may send while another one reads.
 *
 * <p>Its windows are as large as can be, unless it is connected with others.
 */
final class Http2Client implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int INTERNAL_ERROR = 2;
  static final int FLOW_CONTROL_ERROR = 3;
  static final int FRAME_SIZE_ERROR = 6;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int MOST = Integer.MAX_VALUE;
  private static final int PIECE = 16 * 1024;
  private static final int DEFAULT_WINDOW = 65_535;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);
  private final Map<Integer, List<Frame>> kept = new HashMap<>();
  private int nextStream = 1;

  private Http2Client(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** A frame as it came; of HEADERS the fields, one to a line, instead of the payload. */
  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    int number() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }

    List<String> fields() {
      return new String(payload, StandardCharsets.ISO_8859_1).lines().toList();
    }
  }

  static Http2Client to(URI address) throws IOException {
    return to(address, "", MOST);
  }

  static Http2Client to(URI address, String serverName, int window) throws IOException {
    return over(TestCertificate.plain(address), serverName, window);
  }

  static Http2Client over(Socket plain, String serverName, int window) throws IOException {
    Http2Client client = new Http2Client(handshake(plain, serverName, "h2"));
    client.socket.setSoTimeout(TIMEOUT_MILLIS);
    client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    client.frame(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(window).array());
    if (window > DEFAULT_WINDOW) {
      client.giveWindow(0, window - DEFAULT_WINDOW);
    }
    return client;
  }

  /** Makes the handshake and offers these protocols. */
  static SSLSocket handshake(Socket plain, String serverName, String... protocols)
      throws IOException {
    try {
      SSLSocket socket =
          (SSLSocket)
              TestCertificate.anyCertificate()
                  .getSocketFactory()
                  .createSocket(plain, null, 0, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(protocols);
      if (!serverName.isEmpty()) {
        parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName(serverName)));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** A number for a new stream. */
  int newStream() {
    int stream = nextStream;
    nextStream += 2;
    return stream;
  }

  synchronized void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    write(bytes(type, flags, stream, payload));
  }

  static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putShort((short) (payload.length >> 8))
        .put((byte) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  void giveWindow(int stream, int bytes) throws IOException {
    frame(WINDOW_UPDATE, 0, stream, number(bytes));
  }

  void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, number(CANCEL));
  }

  static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  /** Opens a stream with the fields, names and values in turn. */
  int open(boolean end, String... fields) throws IOException {
    int stream = newStream();
    byte[] block = block(fields);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int at = 0; at < block.length; at += PIECE) {
      int to = Math.min(block.length, at + PIECE);
      frames.writeBytes(
          bytes(
              at == 0 ? HEADERS : CONTINUATION,
              (to == block.length ? END_HEADERS : 0) | (at == 0 && end ? END_STREAM : 0),
              stream,
              Arrays.copyOfRange(block, at, to)));
    }
    write(frames.toByteArray());
    return stream;
  }

  /** The fields of a request and more. */
  static String[] request(String method, String path, String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", method, ":scheme", "https", ":authority", "test", ":path", path));
    fields.addAll(List.of(more));
    return fields.toArray(String[]::new);
  }

  /** HPACK that uses no table: literals (RFC 7541, section 6.2.2). */
  static byte[] block(String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0);
      literal(block, fields[i]);
      literal(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 0x7F | 0x80);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  void data(int stream, boolean end, String text) throws IOException {
    frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads the next frame, whatever it is; SETTINGS are acknowledged. */
  Frame read() throws IOException {
    int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (type == SETTINGS && (flags & ACK) == 0) {
      acknowledgeSettings();
    }
    if (type == HEADERS) {
      payload = decode(stream, flags, payload);
    }
    return new Frame(type, flags, stream, payload);
  }

  private void acknowledgeSettings() {
    try {
      frame(SETTINGS, ACK, 0, new byte[0]);
    } catch (IOException e) {
      // The gateway listens no longer: why, is still to be read.
    }
  }

  private byte[] decode(int stream, int flags, byte[] first) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(first);
    for (int more = flags; (more & END_HEADERS) == 0; ) {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      if (in.readUnsignedByte() != CONTINUATION) {
        throw new IOException("HEADERS are continued by something else");
      }
      more = in.readUnsignedByte();
      in.readInt();
      block.writeBytes(in.readNBytes(length));
    }
    try {
      Http2Headers headers =
          decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block.toByteArray()));
      StringBuilder text = new StringBuilder();
      headers.forEach(
          field -> text.append(field.getKey()).append(": ").append(field.getValue()).append('\n'));
      return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** Reads until a frame of this stream comes; those of others are kept for them. */
  Frame read(int stream) throws IOException {
    List<Frame> waiting = kept.getOrDefault(stream, List.of());
    if (!waiting.isEmpty()) {
      return waiting.removeFirst();
    }
    while (true) {
      Frame frame = read();
      if (frame.stream() == stream) {
        return frame;
      }
      if (frame.type() == GOAWAY && frame.number() != NO_ERROR) {
        throw new IOException("GOAWAY " + frame.number());
      }
      kept.computeIfAbsent(frame.stream(), _ -> new ArrayList<>()).add(frame);
    }
  }

  /** Reads until the connection ends or says why it will; gives its error. */
  int goAway() throws IOException {
    for (Frame frame = read(); ; frame = read()) {
      if (frame.type() == GOAWAY) {
        return frame.number();
      }
    }
  }

  /** Reads until the connection or the stream is ended; gives the error. */
  int goAwayOrResetOf(int stream) throws IOException {
    for (Frame frame = read(); ; frame = read()) {
      if (frame.type() == GOAWAY || (frame.type() == RST_STREAM && frame.stream() == stream)) {
        return frame.number();
      }
    }
  }

  /** Reads until the stream is reset; gives the error. */
  int resetOf(int stream) throws IOException {
    for (Frame frame = read(stream); ; frame = read(stream)) {
      if (frame.type() == RST_STREAM) {
        return frame.number();
      }
      if (frame.endsStream()) {
        throw new IOException("the stream ended properly");
      }
    }
  }

  /** Reads a whole answer; interim ones are passed over. */
  RawAnswer answer(int stream) throws IOException {
    List<String> fields = List.of();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Frame frame = read(stream);
      switch (frame.type()) {
        case HEADERS -> fields = frame.fields();
        case DATA -> body.writeBytes(frame.payload());
        case RST_STREAM -> throw new IOException("RST_STREAM " + frame.number());
        default -> {}
      }
      if (frame.endsStream()) {
        return answer(fields, body.toByteArray());
      }
    }
  }

  static RawAnswer answer(List<String> fields, byte[] body) throws IOException {
    if (!fields.getFirst().matches(":status: [2-5][0-9]{2}")) {
      throw new IOException("This is no status: " + fields);
    }
    int status = Integer.parseInt(fields.getFirst().substring(9));
    List<String> lines = fields.subList(1, fields.size());
    for (String line : lines) {
      if (!line.matches("[!#$%&'*+.^_`|~0-9a-z-]+: [^\\x00-\\x08\\x0A-\\x1F\\x7F]*")) {
        throw new IOException("This is no field of HTTP/2: " + line);
      }
    }
    return new RawAnswer(status, String.join("\r\n", fields) + "\r\n\r\n", lines, body);
  }

  /** Sends a request without a body and reads its answer. */
  RawAnswer exchange(String... fields) throws IOException {
    return answer(open(true, fields));
  }

  /** A new token of the only client. */
  String token() throws IOException {
    int stream = open(false, request("POST", "/auth", "content-type", "application/json"));
    data(
        stream,
        true,
        "{\"clientId\":\""
            + TestGateway.CLIENT
            + "\",\"clientSecret\":\""
            + TestGateway.SECRET
            + "\"}");
    return answer(stream).json().path("token").stringValue();
  }

  /** Ends the connection with a reset. */
  void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
