package dev.kinto.gateway.grid;

import java.util.List;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.apache.ignite.IgniteInterruptedException;

/** A node did not become a member of the grid. The message says why, and what to do. */
final class NotJoinedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * What Ignite says if others could not be reached just now, are about to learn that an earlier
   * node of this address is gone, or come and go. It has no types for that.
   */
  private static final List<String> PASSING =
      List.of(
          "Impossible to continue join",
          "Unable to connect to next nodes in a ring",
          "it has the same hash code for partitioned affinity",
          "Thread has been interrupted");

  private final boolean passing;

  private NotJoinedException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  static NotJoinedException of(RuntimeException failure) {
    return new NotJoinedException(
        "The grid cannot be joined. " + NodeStorage.innermost(failure).getMessage(),
        Stream.iterate((Throwable) failure, each -> each != null, Throwable::getCause)
            .anyMatch(NotJoinedException::passes),
        failure);
  }

  private static boolean passes(Throwable each) {
    String text = String.valueOf(each.getMessage());
    return each instanceof CacheException // it had joined, and then the others came or went
        || each instanceof IgniteInterruptedException
        || each instanceof InterruptedException
        || PASSING.stream().anyMatch(text::contains);
  }

  /** Whether nothing is wrong with its configuration, so that it may join a moment later. */
  boolean isPassing() {
    return passing;
  }
}
