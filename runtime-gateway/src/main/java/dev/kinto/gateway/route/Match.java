package dev.kinto.gateway.route;

/**
 * What a request hit.
 *
 * @param service the microservice
 * @param route its route
 * @param upstreamTarget the raw target below the microservice, query included, as it is forwarded
 * @param prefix what stands before it in the address that the client called: {@code /articles}, or
 *     {@code /<clientId>/articles} on the public listener
 */
public record Match(Service service, BoundRoute route, String upstreamTarget, String prefix) {

  /** The route as the environment's clients call it: {@code GET /articles/{id}}. */
  public String signature() {
    return route.name().called();
  }
}
