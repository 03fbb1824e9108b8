package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

/**
 * Routes in the wrong place.
 *
 * @api {get} /class On the class
// ^ KintoCommentPlace
 */
@Microservice("articles")
final class CommentPlace {
  /** @api {get} /field On a field */
//    ^ KintoCommentPlace
  static final String FIELD = "";

  /** @apiHeader (Session) {String} auth-userId of a constructor */
//    ^ KintoCommentPlace
  CommentPlace() {}

  /** @apiIgnore @api {get} /not Not the gateway's */
  static final String IGNORED = "";

  /** @api {get} /method On a method */
  void method() {}

  /** @api {get} /nested On a class in a class */
//    ^ KintoCommentPlace
  enum Kind {
    /** @api {get} /constant On a constant */
//      ^ KintoCommentPlace
    ONE
  }

  /** @apiGroup Articles */
  @Api(method = "GET", path = "/of/a/record")
  void group() {}
}
