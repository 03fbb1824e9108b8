package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.ManifestSource;
import dev.kinto.gateway.config.ManifestSource.AtUrl;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Asks the sources of one microservice, and hands on what all that answer agree on. Each thing that
 * is wrong is said once, until it is another one or was over for a time.
 */
final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());

  /** How soon a microservice without a manifest is asked again at first: it is just starting. */
  private static final Duration SOON = Duration.ofMillis(500);

  /** How many of the reasons against a manifest are told. */
  private static final int MOST_REASONS = 20;

  private final ServiceId id;
  private final ServiceConfig service;
  private final Duration interval;
  private final ManifestClient client;
  private final Judge judge;
  private final Taker taker;
  private final List<Source> sources;
  private final StrangersLog log;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean stopped;

  /** Those that could not be connected to the last time: they are not asked twice in a row. */
  private List<Source> resting = List.of();

  /** What was last said of what the sources agree on, or do not. */
  private List<Object> told = List.of();

  private int failures;

  private Watch(
      ServiceId id,
      ServiceConfig service,
      Duration interval,
      ManifestClient client,
      Judge judge,
      Taker taker) {
    this.id = id;
    this.service = service;
    this.interval = interval;
    this.client = client;
    this.judge = judge;
    this.taker = taker;
    this.sources = sources(service);
    this.log = new StrangersLog(id);
  }

  private static List<Source> sources(ServiceConfig service) {
    MicroserviceName name = new MicroserviceName(service.name());
    ManifestSource manifest = service.manifest();
    if (manifest instanceof AtUrl url) {
      return List.of(new Source(url.origin(), url.target(), url.toString(), service.tls(), name));
    }
    return service.upstreams().stream()
        .map(
            upstream ->
                new Source(
                    upstream,
                    Manifest.WELL_KNOWN_PATH,
                    upstream + Manifest.WELL_KNOWN_PATH,
                    service.tls(),
                    name))
        .toList();
  }

  static Watch start(
      ServiceId id,
      ServiceConfig service,
      Duration interval,
      ManifestClient client,
      Judge judge,
      Taker taker) {
    Watch watch = new Watch(id, service, interval, client, judge, taker);
    Thread.ofVirtual().name("kinto-manifest " + id).start(watch::run);
    return watch;
  }

  /** Whether this is what such a configuration wants. */
  boolean does(ServiceConfig other, Duration otherInterval) {
    return service.hasSourceOf(other) && interval.equals(otherInterval);
  }

  /** Asks again now. */
  void wake() {
    wake.release();
  }

  void stop() {
    stopped = true;
    wake.release();
  }

  private void run() {
    try {
      while (!stopped) {
        failures = settled() ? 0 : failures + 1;
        if (wake.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
          failures = 0;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One round; whatever a microservice shows, and whatever comes of it, the next round comes. */
  private boolean settled() throws InterruptedException {
    try {
      return round();
    } catch (RuntimeException | Error | ExecutionException e) {
      List<Object> what = List.of("failed", e.toString());
      if (!stopped && !what.equals(told)) {
        told = what;
        LOG.log(Level.ERROR, id + ": asking for the manifest failed; it is asked for again", e);
      }
      return false;
    }
  }

  /**
   * How long to wait. While a microservice is not ready, from half a second on twice as long each
   * time up to the interval; afterwards the interval, or twice that while nobody answers. A tenth
   * is left to chance, so that gateways do not ask all at once.
   */
  private Duration pause() {
    long usual = interval.toMillis();
    long pause;
    if (taker.inForce(id).isEmpty()) {
      pause = Math.min(usual, SOON.toMillis() << Math.min(failures, 10));
    } else {
      pause = sources.stream().allMatch(source -> source.manifest().isEmpty()) ? 2 * usual : usual;
    }
    return Duration.ofMillis(pause - ThreadLocalRandom.current().nextLong(pause / 10 + 1));
  }

  /** Asks once, and says whether the manifest in force is what the sources agree on. */
  private boolean round() throws InterruptedException, ExecutionException {
    List<Source> asked = without(resting);
    if (asked.isEmpty()) {
      asked = sources;
    }
    ask(asked);
    if (asked.size() < sources.size() && sayNews(asked)) {
      ask(without(asked));
      asked = sources;
    }
    resting = asked.stream().filter(Source::silent).toList();
    List<Source> told = asked;
    return stopped || judge.call(() -> judge(told));
  }

  private List<Source> without(List<Source> others) {
    return sources.stream().filter(Predicate.not(others::contains)).toList();
  }

  private boolean sayNews(List<Source> asked) throws InterruptedException, ExecutionException {
    return judge.call(() -> asked.stream().anyMatch(this::saysSomethingNew));
  }

  private boolean saysSomethingNew(Source source) {
    return source.manifest().isPresent() && !source.manifest().equals(taker.inForce(id));
  }

  private void ask(List<Source> some) throws InterruptedException, ExecutionException {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (Source source : some) {
      calls.add(
          () -> {
            source.ask(client, judge);
            return true;
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
  }

  private boolean judge(List<Source> asked) {
    List<Source> healthy = asked.stream().filter(source -> source.manifest().isPresent()).toList();
    // That one of several instances is away is told where it is called.
    asked.stream()
        .filter(source -> healthy.isEmpty() || !source.silent())
        .forEach(source -> source.news().ifPresent(text -> tellOf(source, text)));
    Set<Manifest> manifests =
        healthy.stream().flatMap(source -> source.manifest().stream()).collect(Collectors.toSet());
    if (manifests.isEmpty()) {
      return false;
    }
    if (manifests.size() > 1) {
      tell(
          List.of("disagree", manifests),
          List.of(
              "its upstreams show different manifests, so the one in force stays: "
                  + healthy.stream().map(Source::toString).collect(Collectors.joining(", "))));
      return false;
    }
    return take(manifests.iterator().next());
  }

  private boolean take(Manifest manifest) {
    if (taker.inForce(id).filter(manifest::equals).isPresent()) {
      told = List.of();
      return true;
    }
    try {
      log.warn(taker.take(id, service, manifest));
      told = List.of();
      return true;
    } catch (InvalidConfigException e) {
      int reasons = e.problems().size();
      List<String> lines = new ArrayList<>(e.problems().stream().limit(MOST_REASONS).toList());
      lines.add(
          "the manifest from "
              + service.manifestName()
              + " is refused for "
              + reasons
              + " reason(s); "
              + (taker.inForce(id).isPresent()
                  ? "the one in force stays"
                  : "the microservice is not ready"));
      tell(List.of(manifest, e.problems()), lines);
      return false;
    }
  }

  private void tellOf(Source source, String text) {
    log.warn(List.of(text));
    if (source.isRefused()) {
      taker.refused(id);
    }
  }

  private void tell(List<Object> what, List<String> lines) {
    if (!what.equals(told)) {
      told = what;
      log.warn(lines);
      taker.refused(id);
    }
  }
}
