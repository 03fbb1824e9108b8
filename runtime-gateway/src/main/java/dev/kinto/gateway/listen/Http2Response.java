package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.http2.ClientStream;
import dev.kinto.gateway.http2.Field;
import dev.kinto.gateway.http2.StreamEndedException;
import io.helidon.http.DateTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An answer over HTTP/2. A body has an end of its own there, whether its length is known or not.
 */
final class Http2Response extends ClientResponse {
  private static final int PIECE = 16 * 1024;
  private static final byte[] NOTHING = {};
  private static final List<Field> CONTINUE = List.of(new Field(":status", "100"));
  private static final Set<String> CONNECTION_SPECIFIC =
      Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

  private final ClientStream stream;
  private final boolean headRequest;
  private final long patienceNanos;

  /**
   * The answer to a stream.
   *
   * @param patienceNanos how long the client may take to read a piece
   */
  Http2Response(ClientStream stream, boolean headRequest, long patienceNanos) {
    this.stream = stream;
    this.headRequest = headRequest;
    this.patienceNanos = patienceNanos;
  }

  @Override
  protected void sendContinue() {
    write(CONTINUE, false);
  }

  @Override
  public void send(ResponseHead head, byte[] body) {
    List<Field> fields = fields(head);
    if (headRequest || head.bodiless() || body.length == 0) {
      sendHead(fields, true);
      return;
    }
    for (int at = 0; at < body.length; at += PIECE) {
      int count = Math.min(PIECE, body.length - at);
      counts(count);
      sendPiece(at == 0 ? fields : List.of(), body, at, count, at + count == body.length);
    }
  }

  @Override
  public void send(ResponseHead head, InputStream body) throws IOException {
    if (head.switchesProtocols()) {
      throw new IllegalStateException("over HTTP/2 no protocol can be switched");
    }
    List<Field> fields = fields(head);
    long length = head.contentLength().orElse(Long.MAX_VALUE);
    if (headRequest || head.bodiless() || length == 0) {
      sendHead(fields, true);
    } else {
      sendBody(fields, body, length, head.contentLength().isPresent());
    }
  }

  private void sendBody(List<Field> head, InputStream body, long length, boolean counted)
      throws IOException {
    byte[] buffer = new byte[PIECE];
    List<Field> first = head;
    long left = length;
    while (left > 0) {
      // What would block is not waited for while there is something to send: a head, then events.
      if (!first.isEmpty() && !moreAtHand(body)) {
        sendHead(first, false);
        first = List.of();
      }
      int count = read(body, buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        if (counted) {
          throw endedEarly(left);
        }
        sendPiece(first, NOTHING, 0, 0, true);
        return;
      }
      left -= count;
      sendPiece(first, buffer, 0, count, left == 0);
      first = List.of();
    }
  }

  /** RFC 9113, section 8.2.2 and 8.3.2. */
  private List<Field> fields(ResponseHead head) {
    answers(head);
    List<Field> fields = new ArrayList<>(head.headers().size() + 4);
    fields.add(new Field(":status", Integer.toString(head.status())));
    boolean dated = false;
    for (HeaderLine line : lines(head)) {
      if (!CONNECTION_SPECIFIC.contains(line.lowerCaseName())) {
        fields.add(new Field(line.lowerCaseName(), line.value()));
      }
      dated |= line.lowerCaseName().equals("date");
    }
    if (!dated) {
      fields.add(new Field("date", DateTime.rfc1123String()));
    }
    if (head.contentLength().isPresent() && head.status() != 204) {
      fields.add(new Field("content-length", Long.toString(head.contentLength().getAsLong())));
    }
    return fields;
  }

  private void sendHead(List<Field> fields, boolean last) {
    start();
    write(fields, last);
  }

  private void write(List<Field> fields, boolean last) {
    try {
      stream.sendHead(fields, last);
    } catch (StreamEndedException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendPiece(List<Field> head, byte[] bytes, int offset, int length, boolean last) {
    start();
    try {
      if (!stream.send(head, bytes, offset, length, last, patienceNanos)) {
        throw new UncheckedIOException(new IOException("the client reads too slowly"));
      }
    } catch (StreamEndedException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while sending", e));
    }
  }
}
