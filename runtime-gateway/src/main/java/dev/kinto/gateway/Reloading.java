package dev.kinto.gateway;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has a running gateway take its configuration again, when it is asked to and when a file changes
 * (contract C42). What cannot be taken is told as at a start, and tried again quietly, because the
 * files that belong together may arrive one after the other.
 */
final class Reloading implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reloading.class.getName());
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Path file;
  private final Gateway gateway;
  private final Semaphore asked;
  private final FileWatch watch;
  private final Thread thread;

  /** What the last attempt was refused for; empty if it was not. */
  private List<String> refusal = List.of();

  private long triedAtNanos = System.nanoTime();

  private Reloading(Path file, Gateway gateway, Semaphore asked) {
    this.file = file;
    this.gateway = gateway;
    this.asked = asked;
    this.watch = new FileWatch(this::files);
    this.thread = Thread.ofPlatform().daemon().name("kinto-reload").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param asked has a permit for each time that somebody asks for a reload
   */
  static Reloading start(Path file, Gateway gateway, Semaphore asked) {
    Reloading reloading = new Reloading(file, gateway, asked);
    reloading.thread.start();
    return reloading;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>(gateway.files());
    files.add(file);
    return files;
  }

  private void run() {
    try {
      while (true) {
        boolean told = asked.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (told) {
          asked.drainPermits();
        }
        boolean wanted = told || watch.changed();
        if (wanted || wantsRetry()) {
          reload(told, wanted);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean wantsRetry() {
    return (!refusal.isEmpty() || gateway.hasWorkLeft())
        && System.nanoTime() - triedAtNanos >= RETRY.toNanos();
  }

  /** Reads and takes everything again; what is the same as before is said only to who asked. */
  private void reload(boolean told, boolean wanted) {
    List<String> before = refusal;
    triedAtNanos = System.nanoTime();
    try {
      ConfigDraft draft = GatewayConfig.readAgain(file, gateway.config());
      Changes changes = wanted ? gateway.reload(draft) : gateway.retry(draft);
      refusal = List.of();
      if (told || !changes.lines().isEmpty() || !before.isEmpty()) {
        LOG.log(Level.INFO, "Configuration reloaded: {0}", changes);
      }
      return;
    } catch (InvalidConfigException e) {
      refusal = e.problems();
    } catch (IOException e) {
      refusal = List.of("The data directory cannot be used: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // An Error too: a file that is too large for the memory must not be the last one that is
      // read.
      refusal = List.of("The gateway failed to reload: " + e);
      if (told || !refusal.equals(before)) {
        LOG.log(Level.ERROR, "A reload failed", e);
      }
    }
    if (told || !refusal.equals(before)) {
      refusal.forEach(problem -> LOG.log(Level.ERROR, problem));
      LOG.log(
          Level.ERROR,
          refusal.size() + " problem(s); nothing was reloaded, the gateway goes on as before.");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
