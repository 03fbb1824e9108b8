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

  @Api(method = "GET", path = "/users/:id/files/:path*")
//                            ^ KintoPath
  void express();

  /** @api {get} /said/:id As in the annotation */
  @Api(method = "GET", path = "/said/:id")
//                            ^ KintoPath
  void said();

  @Api(method = "GET", path = "/items:search")
  void aColonBehindAWordIsItself();
}
