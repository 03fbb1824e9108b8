package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface Path {
  @Api(method = "GET", path = "articles")
//                            ^ KintoPath
  void home();

  @Api(method = "GET", path = "/{rest*}/more")
//                            ^ KintoPath
  void more();
}
