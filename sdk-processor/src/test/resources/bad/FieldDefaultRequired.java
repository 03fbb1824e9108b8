package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldDefaultRequired {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth-plan", defaultValue = "free")
//                                                                  ^ KintoFieldDefaultRequired
  void home();
}
