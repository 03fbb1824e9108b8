package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface HeaderGroup {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "session", field = "auth-plan")
//                   ^ KintoHeaderGroup
  void home();
}
