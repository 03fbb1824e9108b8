package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiError;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ResultGroupUnknown {
  @Api(method = "GET", path = "/")
  @ApiSuccess(group = "Article", field = "id")
//                    ^ KintoResultGroupUnknown
  @ApiSuccess(group = "201 Created", field = "id")
  @ApiError(group = "4xx", field = "code")
  void home();
}
