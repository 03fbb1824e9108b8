package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ParameterGroup {
  @Api(method = "GET", path = "/")
  @ApiParam(group = "body", field = "id")
//                  ^ KintoParameterGroupUnknown
  @ApiParam(group = "Session", field = "auth-userId")
//                  ^ KintoParameterGroup
  @ApiParam(field = "free")
  void home();
}
