package shop.second;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** An interface, whose handlers anybody may implement. */
@Microservice("shop-window")
public interface Second {
  @Api(method = "PUT", path = "/a*b/{id}")
  void star(ServerRequest request, ServerResponse response);

  /** Not Helidon's: it is in the manifest, and whoever calls it reads with the accessors. */
  @Api(method = "GET", path = "/mvc")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  String mvc(String userId);
}
