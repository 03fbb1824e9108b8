package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface PathParameter {
  @Api(method = "GET", path = "/{article}")
  @ApiParam(group = "Url", field = "article")
  @ApiParam(group = "Url", field = "artikle")
//                                 ^ KintoPathParameter
  @ApiParam(group = "Url", field = "page")
//                                 ^ KintoPathParameter
  void home();
}
