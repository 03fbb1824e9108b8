package dev.kinto.gateway.observe;

/**
 * What a route is called wherever it is counted or told of. It holds texts alone, so that what is
 * kept of a request does not keep a whole environment.
 *
 * @param environment the environment; empty for the gateway's own addresses
 * @param service the microservice; empty for the gateway's own addresses
 * @param declared method and path template as the manifest says them: {@code GET /{id}}
 * @param called the same as clients call it: {@code GET /articles/{id}}
 */
public record RouteName(String environment, String service, String declared, String called) {
  /** That of a request that hit none. */
  public static final RouteName NONE = new RouteName("", "", "", "");

  /** One of the gateway's own addresses: {@code POST /auth}. */
  public static RouteName own(String methodAndPath) {
    return new RouteName("", "", methodAndPath, methodAndPath);
  }
}
