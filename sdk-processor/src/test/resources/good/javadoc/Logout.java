package auth;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiDescription;
import dev.kinto.annotations.ApiGroup;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.RotatesToken;

/** Annotations and Javadoc together. */
interface Logout {
  /**
   * Forgets the user.
   *
   * @apiHeader (Session) {Number{1..}} auth-userId logged in user id
   * @apiHeader (Session) {String} [auth-plan=free] what the user pays for
   * @apiSuccess (Session) {Number} auth-userId empty afterwards
   */
  @Api(method = "POST", path = "/logout")
  @ApiName("goodbye")
  @ApiGroup("Users")
  @ApiDescription("Ends the login, not the session.")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number{1..}")
  @RotatesToken
  void logout();
}
