package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
final class GeneratedName {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth-userId")
  void home() {}
}

final class GeneratedNameSession {}
//    ^ KintoGeneratedName
