package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface DefaultUnused {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Config", field = "indexUrl", optional = true, defaultValue = "http://localhost")
//                                                                                 ^ KintoDefaultUnused
  @ApiSuccess(group = "Session", field = "articles-plan", optional = true, defaultValue = "free")
//                                                                                        ^ KintoDefaultUnused
  void home();
}
