package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.PieceInput;
import dev.kinto.gateway.schedule.TimeSlice;
import dev.kinto.gateway.socket.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection after {@code 101 Switching Protocols} (RFC 9110, section 7.8): what is read here is
 * what the upstream sends, and from the first read on, which comes after the client has its head, a
 * thread carries what the client sends to the upstream. When either side ends, both do; an upstream
 * whose client has ended is given a moment to do so by itself.
 */
final class Tunnel extends PieceInput implements UpstreamWait {
  private static final int PIECE = 8 * 1024;
  private static final long LAST_WORDS_SECONDS = 5;

  private final InputStream fromUpstream;
  private final StreamSocket toUpstream;
  private final InputStream fromClient;
  private final UpstreamCall call;
  private final long idleNanos;
  private final CountDownLatch upstreamEnded = new CountDownLatch(1);
  private @Nullable Thread carrier;
  private volatile long movedNanos = System.nanoTime();

  /**
   * A tunnel.
   *
   * @param idleNanos how long nothing may move, in either direction
   */
  Tunnel(
      InputStream fromUpstream,
      StreamSocket toUpstream,
      InputStream fromClient,
      UpstreamCall call,
      long idleNanos) {
    this.fromUpstream = fromUpstream;
    this.toUpstream = toUpstream;
    this.fromClient = fromClient;
    this.call = call;
    this.idleNanos = idleNanos;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (carrier == null) {
      carrier = Thread.ofVirtual().name("kinto-tunnel").start(this::carry);
    }
    int count = -1;
    try {
      count = fromUpstream.read(buffer, offset, length);
      movedNanos = System.nanoTime();
    } finally {
      if (count < 0) {
        upstreamEnded.countDown();
      }
    }
    return count;
  }

  /** What the client sends keeps a tunnel open too. */
  @Override
  public boolean isTooLong(long nowNanos) {
    return nowNanos - movedNanos >= idleNanos;
  }

  private void carry() {
    byte[] piece = new byte[PIECE];
    TimeSlice slice = new TimeSlice();
    try {
      for (int count = fromClient.read(piece); count >= 0; count = fromClient.read(piece)) {
        toUpstream.write(piece, 0, count);
        movedNanos = System.nanoTime();
        call.moved();
        slice.used(count);
      }
      // A reset would take from the upstream what it has not read yet, such as a close frame.
      toUpstream.shutdownOutput();
      if (upstreamEnded.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException | InterruptedException e) {
      // One side broke: the call ends as it does when the client leaves.
    }
    call.leave();
  }
}
