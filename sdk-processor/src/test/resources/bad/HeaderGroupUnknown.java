package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface HeaderGroupUnknown {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Custom", field = "auth-plan")
//                   ^ KintoHeaderGroupUnknown
  void home();
}
