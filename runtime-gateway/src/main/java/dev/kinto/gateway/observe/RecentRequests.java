package dev.kinto.gateway.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last requests of this process, in memory: a ring of so many, the oldest of which go sooner if
 * all together would take too much (contract C45). To add one takes no lock, but for the few that
 * find that there is no room left. Safe for use by any number of threads.
 */
public final class RecentRequests implements Observer {
  /** One part in so many of the memory is made free at once. */
  private static final int PARTS = 32;

  /** What an array takes besides its bytes: its head, and its place in the ring. */
  private static final int ARRAY = 24;

  private final AtomicReferenceArray<byte @Nullable []> ring;
  private final long maxBytes;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** The oldest that may still be there. Guarded by this. */
  private long oldest;

  /**
   * Keeps requests.
   *
   * @param count how many; 0: none
   * @param maxBytes how much memory they may take, about
   */
  public RecentRequests(int count, long maxBytes) {
    this.ring = new AtomicReferenceArray<>(count);
    this.maxBytes = maxBytes;
  }

  /**
   * Which requests are asked for; what is empty is not asked for.
   *
   * @param status a status, or the first digit of one and {@code xx}: {@code 5xx}
   * @param code a code of problem+json
   * @param route a route as clients call it: {@code GET /articles/{id}}
   * @param client the id of a client
   * @param session the id of a session
   */
  public record Filter(String status, String code, String route, String client, String session) {
    /** All of them. */
    public static final Filter ALL = new Filter("", "", "", "", "");

    private boolean fits(RequestRecord request) {
      return (status.isEmpty() || fitsStatus(request.status()))
          && (code.isEmpty() || code.equals(request.code()))
          && (route.isEmpty() || route.equals(request.route().called()))
          && (client.isEmpty() || client.equals(request.client()))
          && (session.isEmpty()
              || request.session().filter(id -> id.toString().equals(session)).isPresent());
    }

    private boolean fitsStatus(int found) {
      String text = Integer.toString(found);
      return status.equals(text) || status.equals(text.charAt(0) + "xx");
    }
  }

  /**
   * Some requests of those that fit.
   *
   * @param requests the newest first
   * @param next where the older ones begin; empty: these were the last
   */
  public record Page(List<RequestRecord> requests, OptionalLong next) {
    /** Copies the list. */
    public Page {
      requests = List.copyOf(requests);
    }
  }

  @Override
  public boolean listens() {
    return ring.length() > 0;
  }

  @Override
  public void ended(RequestRecord request) {
    if (ring.length() == 0) {
      return;
    }
    byte[] kept = RecordBytes.of(request);
    int slot = (int) (next.getAndIncrement() % ring.length());
    long all = bytes.addAndGet(size(kept) - size(ring.getAndSet(slot, kept)));
    if (all > maxBytes) {
      makeRoom();
    }
  }

  private static long size(byte @Nullable [] kept) {
    return kept == null ? 0 : ARRAY + kept.length;
  }

  private synchronized void makeRoom() {
    if (bytes.get() <= maxBytes) {
      return; // Another thread made it.
    }
    long enough = maxBytes - maxBytes / PARTS;
    long end = next.get();
    oldest = Math.max(oldest, end - ring.length());
    while (bytes.get() > enough && oldest < end) {
      bytes.addAndGet(-size(ring.getAndSet((int) (oldest % ring.length()), null)));
      oldest++;
    }
  }

  /** The request of this id, if it is still known. */
  public Optional<RequestRecord> find(String requestId) {
    for (int i = 0; i < ring.length(); i++) {
      byte[] kept = ring.get(i);
      if (kept != null && RecordBytes.isOf(kept, requestId)) {
        return Optional.of(RecordBytes.read(kept));
      }
    }
    return Optional.empty();
  }

  /**
   * The newest of those that fit.
   *
   * @param limit how many at most
   * @param from where to begin: {@link Page#next} of a page with newer ones; empty: with the newest
   */
  public Page list(Filter filter, int limit, OptionalLong from) {
    List<RequestRecord> found = new ArrayList<>();
    long end = next.get();
    long last = Math.max(0, end - ring.length());
    long at = Math.min(from.orElse(end), end) - 1;
    while (at >= last && found.size() < limit) {
      byte[] kept = ring.get((int) (at % ring.length()));
      if (kept != null) {
        RequestRecord request = RecordBytes.read(kept);
        if (filter.fits(request)) {
          found.add(request);
        }
      }
      at--;
    }
    return new Page(found, at >= last ? OptionalLong.of(at + 1) : OptionalLong.empty());
  }
}
