package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiBody;
import dev.kinto.annotations.ApiDeprecated;
import dev.kinto.annotations.ApiDescription;
import dev.kinto.annotations.ApiGroup;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.ApiVersion;
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

  /**
   * The text of the comment only stands for what nobody says.
   *
   * @api {put} /{id} Change it
   * @apiVersion 1.0.0
   * @apiGroup Articles
   * @apiDescription One.
   * @apiDeprecated use PATCH
   * @apiParam {Number} id which
   * @apiBody {String} title
   */
  @Api(method = "PUT", path = "/{id}", title = "Change")
//                                             ^ KintoDeclarationsDiffer
  @ApiVersion("1.1.0")
//            ^ KintoDeclarationsDiffer
  @ApiGroup("Article")
//          ^ KintoDeclarationsDiffer
  @ApiDescription("Another.")
//                ^ KintoDeclarationsDiffer
  @ApiDeprecated("use POST")
//               ^ KintoDeclarationsDiffer
  @ApiParam(group = "Url", field = "id", type = "Number", description = "whose")
//                                 ^ KintoDeclarationsDiffer
  @ApiBody(field = "title", optional = true)
//                 ^ KintoDeclarationsDiffer
  void change();
}
