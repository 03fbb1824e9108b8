package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ParameterGroupUnknown {
  @Api(method = "GET", path = "/{id}")
  @ApiParam(group = "Login", field = "name")
//                  ^ KintoParameterGroupUnknown
  void home();
}
