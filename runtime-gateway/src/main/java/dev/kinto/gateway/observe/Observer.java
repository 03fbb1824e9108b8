package dev.kinto.gateway.observe;

/** Is told of each request once, when it has ended, on the request's own thread. */
public interface Observer {

  /** Whether it wants to be told at the moment. */
  default boolean listens() {
    return true;
  }

  /** A request has ended. Whoever is told must not wait for anything. */
  void ended(RequestRecord request);
}
