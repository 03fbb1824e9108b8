package dev.kinto.gateway.observe;

import java.lang.System.Logger.Level;
import java.util.List;

/** All who are told of requests. Without any, a request costs nothing here but its id. */
public final class Observers implements Observer {
  /** Nobody is told. */
  public static final Observers NONE = new Observers(List.of());

  private static final System.Logger LOG = System.getLogger(Observers.class.getName());

  private final Observer[] all;
  private final double sampleRatio;

  /** Tells these, in this order; every trace that begins here says that it is sampled. */
  public Observers(List<? extends Observer> all) {
    this(all, 1);
  }

  /**
   * Tells these, in this order.
   *
   * @param sampleRatio how many of the traces that begin here are sampled, from 0 to 1
   */
  public Observers(List<? extends Observer> all, double sampleRatio) {
    this.all = all.toArray(Observer[]::new);
    this.sampleRatio = sampleRatio;
  }

  double sampleRatio() {
    return sampleRatio;
  }

  /** Whether anybody is told. */
  boolean any() {
    for (Observer each : all) {
      if (each.listens()) {
        return true;
      }
    }
    return false;
  }

  /** Tells everybody; a failure of one is no other's, and not the request's. */
  @Override
  public void ended(RequestRecord request) {
    for (Observer each : all) {
      try {
        each.ended(request);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Request " + request.requestId() + " could not be noted", e);
      }
    }
  }
}
