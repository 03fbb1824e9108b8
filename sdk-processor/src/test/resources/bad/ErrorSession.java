package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiError;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ErrorSession {
  @Api(method = "GET", path = "/")
  @ApiError(group = "Session", field = "articles-lastId")
//                  ^ KintoErrorSession
  void home();
}
