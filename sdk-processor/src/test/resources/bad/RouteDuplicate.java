package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface RouteDuplicate {
  @Api(method = "GET", path = "/articles/{id}")
  void first();

  @Api(method = "GET", path = "/articles/{name}")
//                            ^ KintoRouteDuplicate
  void second();

  @Api(method = "PUT", path = "/articles/{name}")
  void third();
}
