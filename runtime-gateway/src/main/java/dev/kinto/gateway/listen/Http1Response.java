package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.http1.Chunk;
import dev.kinto.gateway.http1.MessageWriter;
import io.helidon.http.DateTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * An answer over HTTP/1.1. A body of unknown length is chunked; behind a 101 everything is passed
 * on without framing.
 */
final class Http1Response extends ClientResponse {
  /** What a head has besides reason and header lines, at most. */
  private static final int REST = 160;

  private static final int BUFFER_SIZE = 16 * 1024;
  private static final int TUNNEL_BUFFER_SIZE = 8 * 1024;
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] DATE = ascii("Date: ");

  private final TimedWriter writer;
  private final boolean headRequest;
  private BooleanSupplier closes = () -> true;
  private boolean closing;

  /** An answer that ends the connection. */
  Http1Response(TimedWriter writer, boolean headRequest) {
    this.writer = writer;
    this.headRequest = headRequest;
  }

  /** Lets the connection end with this answer only if that holds when the answer begins. */
  void closesIf(BooleanSupplier condition) {
    closes = condition;
  }

  /** Whether the connection ends with this answer. */
  boolean closing() {
    return closing;
  }

  @Override
  protected void sendContinue() {
    writer.write(CONTINUE, 0, CONTINUE.length);
  }

  @Override
  public void send(ResponseHead head, byte[] body) {
    boolean withBody = !headRequest && !head.bodiless();
    MessageWriter out = start(head, body.length, false);
    if (withBody) {
      out.append(body);
      counts(body.length);
    }
    write(out.bytes(), 0, out.length());
  }

  @Override
  public void send(ResponseHead head, InputStream body) throws IOException {
    if (head.switchesProtocols()) {
      sendRaw(head, body);
    } else if (headRequest || head.bodiless()) {
      MessageWriter out = start(head, 0, false);
      write(out.bytes(), 0, out.length());
    } else if (head.contentLength().isPresent()) {
      sendCounted(head, body, head.contentLength().getAsLong());
    } else {
      sendChunked(head, body);
    }
  }

  /** Sends what comes from the other end of a tunnel as it comes; the connection ends with it. */
  private void sendRaw(ResponseHead head, InputStream body) throws IOException {
    MessageWriter out = start(head, 0, false);
    write(out.bytes(), 0, out.length());
    byte[] buffer = new byte[TUNNEL_BUFFER_SIZE];
    for (int count = read(body, buffer, 0, buffer.length);
        count >= 0;
        count = read(body, buffer, 0, buffer.length)) {
      write(buffer, 0, count);
    }
  }

  private void sendCounted(ResponseHead head, InputStream body, long contentLength)
      throws IOException {
    MessageWriter out = start(head, (int) Math.min(contentLength, BUFFER_SIZE), false);
    byte[] buffer = out.bytes();
    int filled = out.length();
    long left = contentLength;
    while (left > 0) {
      // What would block is not waited for while there is something to send: a head, then events.
      if (filled > 0 && (filled == buffer.length || !moreAtHand(body))) {
        write(buffer, 0, filled);
        filled = 0;
      }
      int count = read(body, buffer, filled, (int) Math.min(buffer.length - filled, left));
      if (count < 0) {
        throw endedEarly(left);
      }
      filled += count;
      left -= count;
    }
    if (filled > 0) {
      write(buffer, 0, filled);
    }
  }

  private void sendChunked(ResponseHead head, InputStream body) throws IOException {
    MessageWriter out = start(head, 0, true);
    int headLength = out.length();
    if (!moreAtHand(body)) {
      write(out.bytes(), 0, headLength);
      headLength = 0;
    }
    byte[] buffer = new byte[Math.max(BUFFER_SIZE, headLength + BUFFER_SIZE / 2)];
    System.arraycopy(out.bytes(), 0, buffer, 0, headLength);
    int start = headLength;
    while (true) {
      // A large head makes a large buffer, but never a larger chunk.
      int room = buffer.length - start - Chunk.ROOM_BEFORE - Chunk.ROOM_BEHIND;
      int count = read(body, buffer, start + Chunk.ROOM_BEFORE, Math.min(room, BUFFER_SIZE));
      if (count < 0) {
        write(buffer, 0, Chunk.last(buffer, start));
        return;
      }
      write(buffer, 0, Chunk.frame(buffer, start, count));
      start = 0;
    }
  }

  /** Writes a head, with room behind it. */
  private MessageWriter start(ResponseHead head, int room, boolean chunked) {
    answers(head);
    closing = head.switchesProtocols() || closes.getAsBoolean();
    List<HeaderLine> lines = lines(head);
    int length = head.reason().length() + MessageWriter.lengthOf(lines) + REST;
    MessageWriter out = new MessageWriter(length + room);
    out.statusLine(head.status(), head.reason());
    writeLines(lines, out);
    if (chunked) {
      out.chunked();
    } else if (head.status() != 204 && head.contentLength().isPresent()) {
      out.contentLength(head.contentLength().getAsLong());
    }
    if (closing && !head.switchesProtocols()) {
      out.append(CLOSE);
    }
    out.endLine();
    return out;
  }

  private static void writeLines(List<HeaderLine> lines, MessageWriter out) {
    boolean dated = false;
    for (HeaderLine line : lines) {
      out.line(line);
      dated |= line.lowerCaseName().equals("date");
    }
    if (!dated) {
      out.append(DATE);
      out.append(DateTime.http1Bytes()); // ends with CRLF
    }
  }

  private void write(byte[] bytes, int offset, int length) {
    start();
    writer.write(bytes, offset, length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
