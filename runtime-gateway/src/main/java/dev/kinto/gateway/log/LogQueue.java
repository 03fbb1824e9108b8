package dev.kinto.gateway.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is to be logged, in its order, until one thread has written it: whoever reads the log may
 * stop, and no request, and no event loop with all of its connections, waits for that. What is too
 * much meanwhile is dropped, and said as soon as the reader goes on.
 */
final class LogQueue {
  /** So many bytes of records wait at most, about. */
  private static final long MOST = 8L << 20;

  /** What a record takes besides its text, and what its exception may take, about. */
  private static final int REST_OF_A_RECORD = 256;

  private static final int TRACE = 8 * 1024;

  private final Supplier<Logger> own;
  private final LogFormatter formatter = new LogFormatter();
  private final LinkedTransferQueue<Runnable> waiting = new LinkedTransferQueue<>();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer = Thread.ofPlatform().daemon().name("kinto-log").unstarted(this::run);

  /**
   * A queue that is empty.
   *
   * @param own gives the logger for what is to be said of the log itself
   */
  LogQueue(Supplier<Logger> own) {
    this.own = own;
  }

  /** Begins to write. */
  void start() {
    writer.start();
  }

  /** Whether the thread that asks is the one that writes. */
  boolean isWriter() {
    return Thread.currentThread().equals(writer);
  }

  /** Has the logger log it later. */
  void add(Logger logger, LogRecord entry) {
    fix(entry);
    long size = size(entry);
    if (held.addAndGet(size) > MOST) {
      held.addAndGet(-size);
      lost.incrementAndGet();
      return;
    }
    waiting.add(
        () -> {
          held.addAndGet(-size);
          logger.log(entry);
        });
  }

  /** Text and place are found while what they are made of is as the caller sees it. */
  private void fix(LogRecord entry) {
    var _ = entry.getSourceMethodName(); // which is looked up once
    entry.setMessage(formatter.formatMessage(entry));
    entry.setParameters(null);
    entry.setResourceBundle(null);
  }

  private static long size(LogRecord entry) {
    String text = entry.getMessage();
    return REST_OF_A_RECORD
        + (text == null ? 0 : 2L * text.length())
        + (entry.getThrown() == null ? 0 : TRACE);
  }

  private void run() {
    while (true) {
      try {
        waiting.take().run();
        tellLost();
      } catch (Throwable e) {
        // An Error too: what fails with one event, or has too little memory for it, ends no log.
        lost.incrementAndGet();
      }
    }
  }

  private void tellLost() {
    long count = lost.getAndSet(0);
    if (count > 0) {
      own.get()
          .log(
              Level.WARNING,
              "The log is read too slowly, or cannot be written: {0} event(s) are missing",
              Long.toString(count));
    }
  }

  /**
   * Waits until all is written that was added before.
   *
   * @return whether it is; false if the time was up
   */
  boolean flush(Duration limit) {
    if (isWriter()) {
      return true;
    }
    CountDownLatch written = new CountDownLatch(1);
    waiting.add(written::countDown);
    try {
      return written.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
