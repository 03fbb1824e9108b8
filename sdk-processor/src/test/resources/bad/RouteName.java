package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface RouteName {
  @Api(method = "GET", path = "/one")
  void get();

  @Api(method = "GET", path = "/two")
  @ApiName("get")
//         ^ KintoRouteName
  void other();
}
