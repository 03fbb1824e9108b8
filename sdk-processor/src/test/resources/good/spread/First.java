package shop.first;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The routes of one microservice may stand in several classes and packages. */
@Microservice("shop-window")
public final class First<T> {
  @Api(method = "GET", path = "/")
  public String home(ServerRequest request, ServerResponse response) {
    return "also a handler";
  }

  /** A nested class. */
  public static final class Inner {
    @Api(method = "OPTIONS", path = "/inner/{id}/options")
    @ApiHeader(group = "Session", field = "shop-window-basket", type = "Object", optional = true)
    public void options(ServerRequest request, ServerResponse response) {}
  }
}
