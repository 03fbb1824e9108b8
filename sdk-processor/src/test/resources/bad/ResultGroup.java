package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ResultGroup {
  @Api(method = "GET", path = "/")
  @ApiSuccess(group = "session", field = "articles-lastId")
//                    ^ KintoResultGroup
  void home();
}
