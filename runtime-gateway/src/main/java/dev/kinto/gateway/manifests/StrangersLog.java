package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.ServiceId;
import io.github.bucket4j.Bucket;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * The log of what one microservice shows, which chooses what it shows, and how often that changes:
 * a line is not of any length, and of lines there are at most {@value #MOST_LINES} in an hour. Used
 * by one thread at a time.
 */
final class StrangersLog {
  private static final System.Logger LOG = System.getLogger(StrangersLog.class.getName());
  private static final int MOST_LINES = 200;
  private static final int MOST_SAID = 4_000;

  private final ServiceId id;
  private final Bucket lines =
      Bucket.builder()
          .addLimit(
              limit -> limit.capacity(MOST_LINES).refillGreedy(MOST_LINES, Duration.ofHours(1)))
          .build();

  private long leftOut;

  StrangersLog(ServiceId id) {
    this.id = id;
  }

  /** Says lines that belong together: all of them, or none. */
  void warn(List<String> texts) {
    if (!lines.tryConsume(Math.clamp(texts.size(), 1, MOST_LINES))) {
      if (leftOut == 0) {
        warn(
            "what it shows changes so often that no more is told of it for some time:"
                + " at most %d lines an hour".formatted(MOST_LINES));
      }
      leftOut += texts.size();
      return;
    }
    if (leftOut > 0) {
      warn("%d lines were left out".formatted(leftOut));
      leftOut = 0;
    }
    texts.forEach(this::warn);
  }

  private void warn(String text) {
    String line = text.length() > MOST_SAID ? text.substring(0, MOST_SAID) + "…" : text;
    LOG.log(Level.WARNING, "Manifest of " + id + ": " + line.replaceAll("\\p{Cc}", "?"));
  }
}
