package helidondeclarative;

import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import io.helidon.http.Http;
import io.helidon.webserver.http.RestServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

@Microservice("articles")
@RestServer.Endpoint
@Http.Path("/articles")
class Articles {
  @Http.POST
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  @ApiSuccess(group = "Session", field = "articles-lastId", type = "Number")
  void publish(ServerRequest request, ServerResponse response) {}

  @Http.GET
  @Http.Path("/{id:[0-9]+}")
  void show() {}

  @Http.GET
  @Http.Path("/{id}/files/{+path}")
  void file() {}
}
