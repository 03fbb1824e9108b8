package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface PathParameterUndeclared {
  @Api(method = "GET", path = "/{author}/{article}")
//                            ^ KintoPathParameterUndeclared
  @ApiParam(field = "author")
  void home();

  @Api(method = "PUT", path = "/{author}/{article}")
  @ApiParam(field = "text")
  void change();
}
