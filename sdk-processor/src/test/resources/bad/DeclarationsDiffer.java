package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface DeclarationsDiffer {
  /**
   * @api {get} /home
   * @apiName other
   * @apiHeader (Session) {String} auth-userId logged in user id
   */
  @Api(method = "GET", path = "/")
//                            ^ KintoDeclarationsDiffer
  @ApiName("home")
//         ^ KintoDeclarationsDiffer
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
//                                      ^ KintoDeclarationsDiffer
  void home();
}
