package auth;

/** A class without annotations: its package names the microservice, its comments the routes. */
public class Login {
  /**
   * Checks the password.
   *
   * @api {post} /login Log in
   * @apiGroup Users
   * @apiSuccess (Session) {Number} auth-userId logged in user id
   * @apiSuccess (Session) {String} auth-username name of the logged in user
   * @apiRotatesToken
   */
  public void login() {}

  /**
   * @api {get} /users/:id/avatar The picture of a user
   * @apiName avatar
   * @apiHeader (Session) {String} {auth-userId} logged in user id
   * @apiHeader (Session) [String] auth-username name of the logged in user
   */
  public void image() {}

  /** Not a route. */
  public void helper() {}
}
