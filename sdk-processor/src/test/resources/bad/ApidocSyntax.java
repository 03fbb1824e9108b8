package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ApidocSyntax {
  /**
   * Text, with {@code
   * code} in it.
   *
   * @api {get} /
   * @apiHeader (Session) {String
//   ^ KintoApidocSyntax
   * @apiHeader (Session) {Number{5-1}} auth-x
//   ^ KintoFieldType
   * @return the caret stands in the comment, at the tag
   */
  String home();

  /** @apiSuccess (Session) {Number} auth-x */
//    ^ KintoFieldPrefix
  @Api(method = "GET", path = "/line")
  void line();
}
