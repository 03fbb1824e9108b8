package dev.kinto.gateway.upstream;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request's body on a thread of its own, while the calling one waits for the answer: an
 * upstream may answer before it has read all, and the client gets that answer at once (contract
 * C33, C35). The body goes on until the answer ends, for an upstream may also answer as it reads.
 */
final class BodySender {
  /** An upstream that has the whole body may answer before the thread here has come to its end. */
  private static final Duration LAST_STEPS = Duration.ofMillis(100);

  private final OutboundBody body;
  private final Thread thread;
  private volatile @Nullable Exception failure;

  private BodySender(OutboundBody body) {
    this.body = body;
    this.thread = Thread.ofVirtual().name("kinto-request-body").unstarted(this::run);
  }

  static BodySender start(OutboundBody body) {
    BodySender sender = new BodySender(body);
    sender.thread.start();
    return sender;
  }

  /** Whether the whole body was sent. */
  boolean sent() {
    if (body.waitsForClient()) {
      return false;
    }
    try {
      return thread.join(LAST_STEPS) && failure == null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Why the body could not be sent; null if it was, or still is. */
  @Nullable Exception failure() {
    return failure;
  }

  private void run() {
    try {
      body.send();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }
}
