package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface ApidocWords {
  /**
   * Lists all. @api {get} articles?page=1 List
   * * @apiParam {String
   * ** @apiSucess {String} title
   * * @apiHeader (Session) {Number{5-1}} auth-x
   */
  String list();
//       ^ KintoApidocPath
//       ^ KintoApidocTag
//       ^ KintoApidocUnread
//       ^ KintoFieldType
}
