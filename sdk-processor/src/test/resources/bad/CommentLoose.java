package bad;

import dev.kinto.annotations.Microservice;

/** The Javadoc of nothing. */
@Microservice("articles")
final class CommentLoose {
//    ^ KintoCommentPlace
//    ^ KintoCommentPlace
//    ^ KintoCommentPlace
//    ^ KintoCommentPlace
//    ^ KintoCommentPlace
  /** @api {get} /first Before another comment */
  /** @api {get} /second The one that counts */
  void both() {}

  void body() {
    /** @api {get} /body In a body */
    Runnable local =
        new Runnable() {
          /** @api {get} /local In a class that has no name */
          @Override
          public void run() {}
        };
    local.run();
    class Named {
      /** @api {get} /named In a class of this method's own */
      void run() {}
    }
    new Named().run();
  }

  /** @api {get} /same Twice the same */
  void same() {}

  /** @apiIgnore @api {get} /not Not the gateway's */

  /** @apiHeader (Session) {String} auth-userId at the end */
}
