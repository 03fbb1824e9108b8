package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface FieldAlias {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Session", field = "auth-userId")
  void home();

  @Api(method = "GET", path = "/other")
  @ApiHeader(group = "Session", field = "auth_userid")
//                                      ^ KintoFieldAlias
  void other();

  @Api(method = "GET", path = "/twice")
  @ApiHeader(group = "Session", field = "auth-userId")
  @ApiHeader(group = "Session", field = "auth.userId")
//                                      ^ KintoFieldAlias
  void twice();
}
