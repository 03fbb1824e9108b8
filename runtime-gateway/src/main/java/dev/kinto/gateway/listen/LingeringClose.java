package dev.kinto.gateway.listen;

import dev.kinto.gateway.schedule.TimeSlice;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads off what a client still sends of a request that was answered already, so that the end of
 * the connection does not reset it before the client has read why (RFC 9112, section 9.6; contract
 * C35). Ordinary clients send all of their body before they read.
 *
 * <p>It goes on for as long as bytes come, within bounds; and where very many clients do that at
 * once, within narrow ones. Safe for use by any number of threads.
 */
final class LingeringClose {
  private static final Bounds USUAL = new Bounds(TimeUnit.SECONDS.toNanos(5), 16 * 1024 * 1024);
  private static final Bounds CROWDED = new Bounds(TimeUnit.SECONDS.toNanos(1), 64 * 1024);

  /** How long a client may pause that will send on. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int MOST_AT_ONCE = 256;
  private static final int PIECE = 8 * 1024;

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /** Reads the rest of a request, or as much of it as the bounds allow. */
  void readOff(Rest rest) {
    boolean placed = places.tryAcquire();
    try {
      readOff(rest, placed ? USUAL : CROWDED);
    } catch (IOException e) {
      // The client stopped sending: there is nothing left to read off.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (placed) {
        places.release();
      }
    }
  }

  private static void readOff(Rest rest, Bounds bounds) throws IOException, InterruptedException {
    long end = System.nanoTime() + bounds.nanos();
    byte[] sink = new byte[PIECE];
    TimeSlice slice = new TimeSlice();
    int bytes = 0;
    long left = bounds.nanos();
    while (left > 0 && bytes < bounds.bytes()) {
      int count = rest.read(sink, Math.min(left, PAUSE_NANOS));
      if (count <= 0) {
        return;
      }
      bytes += count;
      slice.used(count);
      left = end - System.nanoTime();
    }
  }

  /** What a client may send on, and for how long. */
  private record Bounds(long nanos, int bytes) {}

  /** The bytes behind a request that was answered. */
  @FunctionalInterface
  interface Rest {
    /**
     * Reads what is there, at least one byte.
     *
     * @param nanos how long to wait for it
     * @return how many bytes; less than one if none came in time, or none will come
     */
    int read(byte[] sink, long nanos) throws IOException, InterruptedException;
  }
}
