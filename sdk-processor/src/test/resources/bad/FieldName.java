package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldName {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth user")
//                                      ^ KintoFieldName
  @ApiHeader(group = "Session", field = "")
//                                      ^ KintoFieldName
  void home();
}
