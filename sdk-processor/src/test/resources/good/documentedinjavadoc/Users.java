package documentedinjavadoc;

import dev.kinto.annotations.Microservice;

/** The same in apidoc's own syntax. */
@Microservice("users")
interface Users {
  /**
   * Changes a user.
   *
   * @api {put} /users/:id Change a user
   * @apiName change
   * @apiGroup Users
   * @apiVersion 1.10.0
   * @apiPermission writer
   * @apiPermission admin
   * @apiDeprecated use PATCH
   * @apiHeader {String="de","en"} [Accept-Language=en] of messages
   * @apiHeader (Session) {Number{1..}} auth-userId
   * @apiParam {Number{1..}} id whom
   * @apiQuery {Boolean} [dry=false]
   * @apiBody {Object} user
   * @apiBody {String{2..80}} user.name full name
   * @apiBody {Date} [user.born]
   * @apiBody {String[]} user.tags[]
   * @apiSuccess (Session) {Number} [users-lastId]
   * @apiSuccess {Number} id
   * @apiSuccess (202) {String} [job]
   * @apiError {String="taken","short"} code
   * @apiError (404) {String} error no such user
   * @apiExample {curl} With curl
   *     curl -X PUT http://localhost/users/1
   * @apiHeaderExample {text}
   *     Accept-Language: de
   * @apiParamExample
   *     {"user": {"name": "Ada", "tags": []}}
   * @apiSuccessExample Done
   *     {
   *       "id": 1
   *     }
   * @apiErrorExample {json} Taken
   *     {"code": "taken"}
   */
  void change();

  /**
   * A past that cannot be called any more.
   *
   * @api {put} /users/:user Change a user
   * @apiName change
   * @apiGroup Users
   * @apiVersion 1.9.0
   */
  void changeAsItWas();

  /**
   * Finds users.
   *
   * @api {get} /users
   * @apiName find
   * @apiDeprecated
   */
  void find();
}
