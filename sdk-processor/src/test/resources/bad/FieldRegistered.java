package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("content")
interface FieldRegistered {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "user-agent")
//                                      ^ KintoFieldRegistered
  @ApiSuccess(group = "Session", field = "content-type")
//                                       ^ KintoFieldRegistered
  @ApiSuccess(group = "Session", field = "content-rating")
  void home();
}
