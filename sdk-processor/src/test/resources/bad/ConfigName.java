package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ConfigName {
  @Api(method = "GET", path = "/")
  @ApiHeader(group = "Config", field = "articles-token")
//                                     ^ KintoConfigName
  @ApiHeader(group = "Config", field = "Authorization")
//                                     ^ KintoConfigName
  @ApiHeader(group = "Config", field = "githubToken")
  void home();
}
