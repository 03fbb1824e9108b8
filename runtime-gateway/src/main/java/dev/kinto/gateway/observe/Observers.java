package dev.kinto.gateway.observe;

import java.lang.System.Logger.Level;
import java.util.List;

/** All who are told of requests. Without any, a request costs nothing here but its id. */
public final class Observers implements Observer {
  /** Nobody is told. */
  public static final Observers NONE = new Observers(List.of());

  private static final System.Logger LOG = System.getLogger(Observers.class.getName());

  private final Observer[] all;

  /** Tells these, in this order. */
  public Observers(List<? extends Observer> all) {
    this.all = all.toArray(Observer[]::new);
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
