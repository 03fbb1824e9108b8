package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldTypeUnknown {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Uuid")
//                                                            ^ KintoFieldTypeUnknown
  void home();
}
