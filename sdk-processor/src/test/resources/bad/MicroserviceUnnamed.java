package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

class MicroserviceUnnamed {
  /**
   * Lists articles.
   *
   * @api {get} /articles/:id List articles
//   ^ KintoMicroserviceUnnamed
   */
  void list() {}

  /**
   * @apiIgnore not one of ours
   * @api {get} /ignored Ignored
   */
  void ignored() {}

  /** @apiNote of the JDK's Javadoc. */
  void other() {}

  /** Another class of the service has its name. */
  @Microservice("articles")
  interface Named {
    @Api(method = "GET", path = "/articles")
    void list();
  }

  interface WithSession {
    /** @api {get} /documented Documented */
    void documented();

    /**
     * @api {get} /mine Mine
     * @apiHeader (Session) {Number} auth-userId
//     ^ KintoMicroserviceMissing
     */
    void mine();
  }
}
