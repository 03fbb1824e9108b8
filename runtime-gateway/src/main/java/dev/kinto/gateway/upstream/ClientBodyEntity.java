package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.ClientBodyException;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.TimeSlice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The client's body as HttpCore wants it: handed on as it arrives, a piece at a time (contract
 * C33). It knows what its sending waits for and since when, for the time limits.
 */
final class ClientBodyEntity extends AbstractHttpEntity {
  private static final int PIECE = 16 * 1024;

  private final ClientRequest client;
  private final Runnable abort;
  private @Nullable InputStream bytes;
  private volatile boolean begun;
  private volatile boolean waitsForClient;
  private volatile boolean sent;
  private volatile long sinceNanos = System.nanoTime();
  private volatile @Nullable ClientBodyException clientFailure;

  ClientBodyEntity(ClientRequest client, Runnable abort) {
    super((String) null, null, client.contentLength().isEmpty());
    this.client = client;
    this.abort = abort;
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

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    TimeSlice slice = new TimeSlice();
    try {
      InputStream body = getContent();
      for (int count = next(body, piece); count >= 0; count = next(body, piece)) {
        out.write(piece, 0, count);
        out.flush();
        slice.used(count);
      }
      sent = true;
    } catch (ClientBodyException e) {
      clientFailure = e;
      // HttpCore ends a chunked body properly even after an exception, which would make the part
      // that came look like the whole: the connection goes first.
      abort.run();
      throw e;
    }
  }

  private int next(InputStream body, byte[] piece) throws IOException {
    waitsForClient = true;
    int count = body.read(piece);
    sinceNanos = System.nanoTime();
    waitsForClient = false;
    return count;
  }

  @Override
  public InputStream getContent() {
    return Objects.requireNonNull(bytes, "the body was not begun");
  }

  @Override
  public long getContentLength() {
    return client.contentLength().orElse(-1);
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void close() {}
}
