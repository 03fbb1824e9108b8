package micronaut;

import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.CustomHttpMethod;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;

@Microservice("articles")
@Controller("/articles")
class Articles {
  @Post
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  @ApiSuccess(group = "Session", field = "articles-lastId", type = "Number")
  void publish() {}

  @Get("/{id:9}{?full*}")
  void show() {}

  @Get(uri = "/{id}/files/{+path}")
  void file() {}

  @CustomHttpMethod(method = "PURGE", value = "/{id}/cache")
  void purge() {}
}
