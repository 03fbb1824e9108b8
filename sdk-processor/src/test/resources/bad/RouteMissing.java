package bad;

import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface RouteMissing {
  @ApiHeader(group = "Session", field = "auth-userId")
//^ KintoRouteMissing
  void home();

  /** @apiHeader (Session) {String} auth-userId logged in user id */
//    ^ KintoRouteMissing
  void said();

  /**
   * Another reader's.
   *
   * @apiHeader {String} Accept what is wanted
   */
  void other();
}
