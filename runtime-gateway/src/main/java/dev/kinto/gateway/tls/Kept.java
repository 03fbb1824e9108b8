package dev.kinto.gateway.tls;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What some PEM files hold, also after they change: whoever renews a certificate writes the files,
 * and the next handshakes use it. What cannot be used is reported once, and what was there before
 * stays.
 *
 * <p>The files are looked at when a handshake needs them, at most once a second: no thread and no
 * notice of the file system is needed, which some network file systems do not give. Any number of
 * threads may use it.
 */
final class Kept<T> {
  private static final System.Logger LOG = System.getLogger(Kept.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Path> files;
  private final Supplier<T> reader;
  private final Function<T, Optional<String>> remark;
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + PAUSE_NANOS);
  private volatile T value;

  /** What the files held when they were last read with success. */
  private volatile String used;

  /** What was last said of files that cannot be used; empty if they can. */
  private volatile String reported = "";

  /**
   * Reads the files.
   *
   * @param reader throws an {@link IllegalArgumentException} that says why they cannot be used
   * @param remark what is to be said of something changed that is used all the same
   * @param files those that it reads
   */
  Kept(Supplier<T> reader, Function<T, Optional<String>> remark, Path... files) {
    this.files = List.of(files);
    this.reader = reader;
    this.remark = remark;
    this.used = content(); // before they are read: what is written in between is seen next time
    this.value = reader.get();
  }

  /** An identity that is used even out of its time, which some clients pass over. */
  static Kept<Identity> identity(PemFiles files) {
    return new Kept<>(
        files::read,
        identity -> identity.outOfDate(Instant.now()),
        files.certificate(),
        files.key());
  }

  /** What to use now. */
  T current() {
    long due = nextLook.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE_NANOS)) {
      look();
    }
    return value;
  }

  private void look() {
    String found = content();
    if (found.equals(used)) {
      reported = "";
      return;
    }
    try {
      value = reader.get();
      used = found;
      reported = "";
      LOG.log(Level.INFO, "What changed in {0} is in use.", names());
      remark.apply(value).ifPresent(text -> LOG.log(Level.WARNING, files.getFirst() + ": " + text));
    } catch (IllegalArgumentException e) {
      // Read again at the next look: a certificate that begins to be good only later is in time.
      report(String.valueOf(e.getMessage()));
    }
  }

  private void report(String problem) {
    if (!problem.equals(reported)) {
      reported = problem;
      LOG.log(
          Level.WARNING,
          "What changed in {0} cannot be used, what was there before stays in use: {1}",
          names(),
          problem);
    }
  }

  private String names() {
    return files.stream().map(Path::toString).collect(Collectors.joining(" and "));
  }

  /** All files' text; what cannot be read is told apart from what can. */
  private String content() {
    return files.stream().map(Kept::content).collect(Collectors.joining("\0"));
  }

  private static String content(Path file) {
    try {
      return Pem.read(file);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
