package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

@Microservice("articles")
final class HandlerHidden {
  @Api(method = "GET", path = "/")
  private void home(ServerRequest request, ServerResponse response) {}
//             ^ KintoHandlerHidden

  @Api(method = "GET", path = "/good")
  void good(ServerRequest request, ServerResponse response) {}
}
