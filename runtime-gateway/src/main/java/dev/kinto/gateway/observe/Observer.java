package dev.kinto.gateway.observe;

/** Is told of each request once, when it has ended, on the request's own thread. */
public interface Observer {

  /** A request has ended. Whoever is told must not wait for anything. */
  void ended(RequestRecord request);
}
