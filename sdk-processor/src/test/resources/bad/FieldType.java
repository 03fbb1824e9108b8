package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldType {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number{10-1}")
//                                                            ^ KintoFieldType
  @ApiHeader(group = "Session", field = "auth-plan", type = "String=\"free")
//                                                          ^ KintoFieldType
  void home();
}
