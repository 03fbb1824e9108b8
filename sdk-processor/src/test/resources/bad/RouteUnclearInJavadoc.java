package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface RouteUnclearInJavadoc {
  /** @api {get / post} /methods Two methods */
//    ^ KintoRouteUnclear
  void methods();

  /**
   * @api {get} /one One path
   * @api {get} /two Another
//   ^ KintoRouteUnclear
   */
  void paths();

  /**
   * @api {put / patch} /known One of the two
   */
  @Api(method = "PUT")
  void known();
}
