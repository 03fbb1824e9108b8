package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldDefault {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth-level", type = "Number", optional = true, defaultValue = "high")
//                                                                                                     ^ KintoFieldDefault
  void home();
}
