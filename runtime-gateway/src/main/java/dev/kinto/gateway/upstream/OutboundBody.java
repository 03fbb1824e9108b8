package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http1.Chunk;
import dev.kinto.gateway.http1.MessageWriter;
import dev.kinto.gateway.schedule.TimeSlice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The client's body on its way to an upstream, handed on as it arrives, a piece at a time (contract
 * C33). It knows what its sending waits for and since when, for the time limits.
 *
 * <p>A chunked one gets its last chunk only when the client's has come: half a body never looks
 * like the whole.
 */
final class OutboundBody {
  private static final int PIECE = 16 * 1024;

  private final ClientRequest client;
  private final UpstreamConnection connection;
  private final boolean chunked;
  private @Nullable InputStream bytes;
  private volatile boolean begun;
  private volatile boolean waitsForClient;
  private volatile boolean sent;
  private volatile long sinceNanos = System.nanoTime();
  private volatile @Nullable ClientBodyException clientFailure;

  OutboundBody(ClientRequest client, UpstreamConnection connection) {
    this.client = client;
    this.connection = connection;
    this.chunked = client.contentLength().isEmpty();
  }

  /**
   * Has the client send the body, if it waits to be told. To be called once, by the call's thread:
   * the one that sends the body writes nothing to the client.
   *
   * @return whether all of it has come, so that reading it never waits
   */
  boolean begin() throws IOException {
    InputStream opened = client.body().open();
    bytes = opened;
    sinceNanos = System.nanoTime();
    begun = true;
    OptionalLong length = client.contentLength();
    return length.isPresent() && opened.available() >= length.getAsLong();
  }

  /** Whether the upstream may have it. */
  boolean begun() {
    return begun;
  }

  /** Whether the next bytes are the client's to send. */
  boolean waitsForClient() {
    return waitsForClient;
  }

  /** Whether the client's last byte was handed to the connection. */
  boolean sent() {
    return sent;
  }

  /** Since when nothing moved, as {@link System#nanoTime}. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Why the client's body could not be read, if it could not. */
  @Nullable ClientBodyException clientFailure() {
    return clientFailure;
  }

  /** Sends one that has come whole, with what is to be sent before it in one piece. */
  void sendBehind(MessageWriter unsent) throws IOException {
    InputStream body = Objects.requireNonNull(bytes, "the body was not begun");
    byte[] buffer = new byte[(int) client.contentLength().orElse(0)];
    for (int count = next(body, buffer, 0, buffer.length);
        count >= 0;
        count = next(body, buffer, 0, buffer.length)) {
      unsent.append(buffer, 0, count);
    }
    connection.write(unsent.bytes(), 0, unsent.length());
    sent = true;
  }

  /** Sends it to its end, as it comes. */
  void send() throws IOException {
    InputStream body = Objects.requireNonNull(bytes, "the body was not begun");
    byte[] buffer = new byte[Chunk.ROOM_BEFORE + PIECE + Chunk.ROOM_BEHIND];
    TimeSlice slice = new TimeSlice();
    for (int count = nextPiece(body, buffer); count >= 0; count = nextPiece(body, buffer)) {
      if (count > 0) {
        sendPiece(buffer, count);
        slice.used(count);
      }
    }
    if (chunked) {
      connection.write(buffer, 0, Chunk.last(buffer, 0));
    }
    sent = true;
  }

  private void sendPiece(byte[] buffer, int count) throws IOException {
    if (chunked) {
      connection.write(buffer, 0, Chunk.frame(buffer, 0, count));
    } else {
      connection.write(buffer, Chunk.ROOM_BEFORE, count);
    }
  }

  private int nextPiece(InputStream body, byte[] buffer) throws IOException {
    return next(body, buffer, Chunk.ROOM_BEFORE, PIECE);
  }

  private int next(InputStream body, byte[] buffer, int offset, int most) throws IOException {
    waitsForClient = true;
    try {
      int count = body.read(buffer, offset, most);
      sinceNanos = System.nanoTime();
      waitsForClient = false;
      return count;
    } catch (ClientBodyException e) {
      clientFailure = e;
      connection.abort();
      throw e;
    }
  }
}
