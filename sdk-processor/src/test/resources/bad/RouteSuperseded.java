package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiGroup;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.ApiVersion;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface RouteSuperseded {
  @Api(method = "GET", path = "/articles")
  @ApiName("list")
  @ApiGroup("Articles")
  @ApiVersion("1.1.0")
  void current();

  @Api(method = "GET", path = "/papers")
//                            ^ KintoRouteSuperseded
  @ApiName("list")
  @ApiGroup("Articles")
  @ApiVersion("1.0.0")
  void older();
}
