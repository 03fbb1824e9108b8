package dev.kinto.gateway.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The order in which one request tries the upstreams of a microservice, each at most once (contract
 * C34): the less loaded of two random ones that are in use, then, if none is, the one of those set
 * aside that is due soonest. The others are tried again beside the requests.
 *
 * <p>This is the power of two random choices (Mitzenmacher, 2001): the least loaded of all would be
 * the same for everybody who looks at the same moment. Used by one thread.
 */
final class LoadBalancer {
  private final ToIntFunction<Upstream> load;
  private final List<Upstream> inUse;
  private final List<Upstream> aside;
  private boolean triedSoonest;

  /**
   * A choice.
   *
   * @param load how many requests of this one's kind an upstream has in flight
   */
  LoadBalancer(List<Upstream> upstreams, ToIntFunction<Upstream> load) {
    this.load = load;
    inUse = new ArrayList<>(upstreams);
    aside = new ArrayList<>(0);
    for (Upstream each : upstreams) {
      if (!each.backoff().none()) {
        inUse.remove(each);
        aside.add(each);
      }
    }
  }

  /** The next one to try; null if there is none left. */
  @Nullable Upstream next() {
    if (!inUse.isEmpty()) {
      return lessLoaded();
    }
    return triedSoonest ? null : soonest();
  }

  private Upstream lessLoaded() {
    int count = inUse.size();
    if (count == 1) {
      return inUse.removeFirst();
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int one = random.nextInt(count);
    int other = (one + 1 + random.nextInt(count - 1)) % count;
    boolean first = load.applyAsInt(inUse.get(one)) <= load.applyAsInt(inUse.get(other));
    return inUse.remove(first ? one : other);
  }

  private @Nullable Upstream soonest() {
    triedSoonest = true;
    Upstream soonest = null;
    for (Upstream each : aside) {
      if (soonest == null || each.backoff().due() - soonest.backoff().due() < 0) {
        soonest = each;
      }
    }
    aside.remove(soonest);
    return soonest;
  }
}
