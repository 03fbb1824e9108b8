package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.IpAddress;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.socket.EventLoop;
import dev.kinto.gateway.upstream.UpstreamStatus.Failure;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An origin, and the upstreams at all the addresses that its name stands for, of both families
 * (contract C34). The name is looked up again and again, beside the requests: only the first ones
 * wait for it. What cannot be looked up any more stays as it was.
 *
 * <p>Safe for use by any number of threads.
 */
final class ResolvedOrigin {
  private static final System.Logger LOG = System.getLogger(ResolvedOrigin.class.getName());

  /** How soon a name is looked up again that is not known: its server is perhaps just starting. */
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);

  private final Origin origin;
  private final @Nullable TlsSockets tls;
  private final AtomicBoolean lookingUp = new AtomicBoolean();
  private volatile List<Upstream> upstreams = List.of();
  private volatile long refreshNanos;
  private volatile long dueNanos = System.nanoTime();

  // Guarded by this.
  private @Nullable UnknownHostException failure;
  private Instant failedAt = Instant.EPOCH;
  private boolean lookedUp;
  private boolean closed;

  ResolvedOrigin(Origin origin) {
    this.origin = origin;
    this.tls = origin.address().secure() ? new TlsSockets(origin.tls()) : null;
  }

  /** For a request from before a reload that forgot the origin: it is served, and keeps nothing. */
  static ResolvedOrigin forgotten(Origin origin) {
    ResolvedOrigin forgotten = new ResolvedOrigin(origin);
    forgotten.close();
    return forgotten;
  }

  /** From now on the name is looked up that often. */
  void refreshEvery(Duration refresh) {
    refreshNanos = refresh.toNanos();
  }

  /**
   * One upstream for each address, at least one.
   *
   * @throws ConnectFailedException if the name is not known
   */
  List<Upstream> upstreams() throws ConnectFailedException {
    List<Upstream> known = upstreams;
    return known.isEmpty() ? first() : known;
  }

  /** How its addresses are at the moment; nothing is looked up for that. */
  List<UpstreamStatus> status(Service service) {
    List<Upstream> known = upstreams;
    return known.isEmpty()
        ? List.of(unknown())
        : known.stream().map(each -> each.status(service)).toList();
  }

  private synchronized UpstreamStatus unknown() {
    return new UpstreamStatus(
        origin.address(),
        Optional.empty(),
        failure == null,
        Optional.empty(),
        0,
        0,
        Optional.ofNullable(failure)
            .map(e -> new Failure(failedAt, String.valueOf(e.getMessage()))));
  }

  private List<Upstream> first() throws ConnectFailedException {
    UnknownHostException unknown = EventLoop.aside(this::lookUpFirst);
    List<Upstream> known = upstreams;
    if (unknown != null && known.isEmpty()) {
      throw new ConnectFailedException(origin.address(), unknown);
    }
    return known;
  }

  /** Why nothing is known of the name; null if it is. */
  private synchronized @Nullable UnknownHostException lookUpFirst() {
    if (!lookedUp) {
      lookUp();
    }
    return failure;
  }

  /** Looks the name up on a thread of its own, if it is time and no other does. */
  void refreshIfDue(long now) {
    if (now - dueNanos >= 0 && lookingUp.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("kinto-look-up")
          .start(
              () -> {
                try {
                  lookUp();
                } finally {
                  lookingUp.set(false);
                }
              });
    }
  }

  private void lookUp() {
    try {
      take(InetAddress.getAllByName(origin.address().host()));
      dueNanos = System.nanoTime() + refreshNanos;
    } catch (UnknownHostException e) {
      fail(e);
      dueNanos = System.nanoTime() + Math.min(refreshNanos, SOON);
    }
  }

  private synchronized void take(InetAddress[] addresses) {
    Map<InetAddress, Upstream> before = new LinkedHashMap<>();
    upstreams.forEach(upstream -> before.put(upstream.endpoint().address(), upstream));
    Map<InetAddress, Upstream> now = new LinkedHashMap<>();
    for (InetAddress address : addresses) {
      Upstream known = before.get(address);
      now.put(
          address,
          known == null ? new Upstream(Endpoint.of(origin.address(), address), tls) : known);
    }
    if (!before.keySet().equals(now.keySet())) {
      upstreams = List.copyOf(now.values());
      tell(List.copyOf(before.keySet()), List.copyOf(now.keySet()));
      before.keySet().removeAll(now.keySet());
      before.values().forEach(Upstream::close);
    }
    if (closed) {
      upstreams.forEach(Upstream::close);
    }
    if (failure != null) {
      LOG.log(Level.INFO, "The name of {0} is known again", origin.address());
    }
    failure = null;
    lookedUp = true;
  }

  private void tell(List<InetAddress> before, List<InetAddress> now) {
    // What an address literal stands for is no news, nor is what a name stood for at first.
    if (!before.isEmpty()) {
      LOG.log(
          Level.INFO,
          "The name of {0} stands for {1} now (before: {2})",
          origin.address(),
          texts(now),
          texts(before));
    }
  }

  private static String texts(List<InetAddress> addresses) {
    List<String> texts = new ArrayList<>();
    addresses.forEach(address -> texts.add(IpAddress.text(address)));
    return String.join(", ", texts);
  }

  private synchronized void fail(UnknownHostException e) {
    if (failure == null) {
      LOG.log(
          Level.WARNING,
          "The name of {0} cannot be looked up{1}: {2}",
          origin.address(),
          upstreams.isEmpty() ? "" : ", and its last addresses stay in use",
          e.getMessage());
    }
    failure = e;
    failedAt = Instant.now();
    lookedUp = true;
  }

  /** Asks all whether they are well, for those microservices that want to know it now. */
  void askIfDue(long now, Collection<Service> services) {
    upstreams.forEach(upstream -> upstream.askIfDue(now, services));
  }

  /** Drops the connections that have been idle for too long, and tries what is set aside again. */
  void sweep(long now) {
    for (Upstream upstream : upstreams) {
      upstream.sweep();
      upstream.tryIfDue(now);
    }
  }

  /** Ends idle connections; calls that are under way end undisturbed. */
  synchronized void close() {
    closed = true;
    upstreams.forEach(Upstream::close);
  }
}
