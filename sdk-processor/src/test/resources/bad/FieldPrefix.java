package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldPrefix {
  @Api(method = "GET", path = "/")
  @ApiSuccess(group = "Session", field = "userId")
//                                       ^ KintoFieldPrefix
  @ApiSuccess(group = "Session", field = "auth-userId")
//                                       ^ KintoFieldPrefix
  @ApiSuccess(group = "200", field = "userId")
  void home();

  @Api(method = "GET", path = "/one")
  @ApiSuccess(group = "Session", field = "Articles-x")
//                                       ^ KintoFieldPrefix
  void one();

  @Api(method = "GET", path = "/container")
  @ApiSuccess.List({
    @ApiSuccess(group = "Session", field = "articles-x"),
    @ApiSuccess(group = "Session", field = "userId")
//                                         ^ KintoFieldPrefix
  })
  void container();
}
