package dev.kinto.gateway.tls;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The identity that two files hold, also after they change: whoever renews a certificate writes the
 * files, and the next handshakes use it. A pair that cannot be used is reported once, and the one
 * before stays.
 *
 * <p>The files are looked at when a handshake needs them, at most once a second: no thread and no
 * notice of the file system is needed, which some network file systems do not give. Any number of
 * threads may use it.
 */
final class KeptIdentity {
  private static final System.Logger LOG = System.getLogger(KeptIdentity.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PemFiles files;
  private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + PAUSE_NANOS);
  private volatile Identity identity;

  /** What both files held at the last look. */
  private volatile String seen;

  KeptIdentity(PemFiles files) {
    this.files = files;
    this.seen = content(); // before they are read: what is written in between is seen next time
    this.identity = files.read();
  }

  /** The identity to use now. */
  Identity current() {
    long due = nextLook.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + PAUSE_NANOS)) {
      look();
    }
    return identity;
  }

  private void look() {
    String found = content();
    if (found.equals(seen)) {
      return;
    }
    seen = found;
    try {
      Identity renewed = files.read();
      identity = renewed;
      LOG.log(Level.INFO, "The certificate {0} was renewed.", files.certificate());
      renewed
          .outOfDate(Instant.now())
          .ifPresent(text -> LOG.log(Level.WARNING, files.certificate() + ": " + text));
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "The changed certificate {0} with the key {1} cannot be used, the one before stays: {2}",
          files.certificate(),
          files.key(),
          e.getMessage());
    }
  }

  /** Both files' text; what cannot be read is told apart from what can. */
  private String content() {
    try {
      return Pem.read(files.certificate()) + '\0' + Pem.read(files.key());
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
