package jakartarest;

import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@Microservice("articles")
@Path("/articles")
class Articles {
  @POST
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  @ApiSuccess(group = "Session", field = "articles-lastId", type = "Number")
  void publish() {}

  @GET
  @Path("{id: [0-9]{1,9}}/")
  void show() {}

  @GET
  @Path("{id}/files/{path: .+}")
  void file() {}

  @Purge
  @Path("/{id}/cache")
  void purge() {}

  void helps() {}

  @HttpMethod("PURGE")
  @interface Purge {}
}
