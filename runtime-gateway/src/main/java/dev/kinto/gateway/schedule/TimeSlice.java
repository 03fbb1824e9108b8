package dev.kinto.gateway.schedule;

import dev.kinto.gateway.socket.EventLoop;

/**
 * How long a thread copies bytes before it lets the others run. Virtual threads are not preempted:
 * one whose bytes come and go without a wait would keep its carrier, of which there are as many as
 * processors, from all other requests. Used by one thread.
 */
public final class TimeSlice {
  /**
   * Copied within a fraction of a millisecond; the change to another thread takes a tenth of that.
   */
  private static final int BYTES = 128 * 1024;

  /** A small piece costs two system calls too. */
  private static final int LEAST = 4 * 1024;

  private int left = BYTES;

  /** A piece was copied. At the end of the slice the thread gives way. */
  public void used(int bytes) {
    left -= Math.max(bytes, LEAST);
    if (left <= 0) {
      left = BYTES;
      EventLoop.giveWay();
    }
  }
}
