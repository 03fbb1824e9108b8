package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiVersion;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface Version {
  @Api(method = "GET", path = "/")
  @ApiVersion("1.0")
//            ^ KintoVersion
  void home();
}
