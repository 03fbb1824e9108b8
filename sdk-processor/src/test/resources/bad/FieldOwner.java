package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldOwner {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "userId")
//                                      ^ KintoFieldOwner
  void home();
}
