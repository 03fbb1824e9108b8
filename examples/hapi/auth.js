// The auth service, as it looks without any SDK: plain HTTP, and comments that say which session
// fields a route reads and writes. `kinto-gateway import --service auth --out auth.json auth.js`
// makes the manifest from them, the very one that the Java service generates.

import { decode, encode } from './session.js';
import { start } from './server.js';

const USERS = [
  { userId: '1', username: 'KintoUser', password: 'secret' },
  { userId: '2', username: 'Ada', password: 'lovelace' },
  { userId: '3', username: 'Zoë', password: 'zoe' },
];

/**
 * @api {post} /login Log in
 * @apiName login
 * @apiGroup Auth
 * @apiDescription Checks the password and remembers the user in the session. The token from before is
 * dead then, so that nobody gets into the session who knew it.
 * @apiRotatesToken
 *
 * @apiBody {String} username
 * @apiBody {String} password
 *
 * @apiSuccess (Session) {String} auth-userId id of the user who logged in
 * @apiSuccess (Session) {String} auth-username name of the user who logged in
 * @apiSuccess (200) {String} userId
 * @apiSuccess (200) {String} username
 * @apiError (401) {String} error what was wrong
 */
const login = {
  method: 'POST',
  path: '/login',
  handler(request, h) {
    const { username, password } = request.payload ?? {};
    const user = USERS.find((each) => each.username === username && each.password === password);
    if (!user) {
      return h.response({ error: 'unknown user or wrong password' }).code(401);
    }
    // The gateway keeps what these two headers say and removes them from the answer. From now on it
    // sends them with each request of this session to every route that declares to read them.
    return h
      .response({ userId: user.userId, username: user.username })
      .header('auth-userId', encode(user.userId))
      .header('auth-username', encode(user.username));
  },
};

/**
 * @api {post} /logout Log out
 * @apiName logout
 * @apiGroup Auth
 * @apiDescription Forgets the user. The session itself goes on.
 *
 * @apiSuccess (Session) {String} [auth-userId] removed
 * @apiSuccess (Session) {String} [auth-username] removed
 */
const logout = {
  method: 'POST',
  path: '/logout',
  handler(request, h) {
    // An empty value removes a field. A header that is absent would leave it as it is.
    return h.response().code(204).header('auth-userId', '').header('auth-username', '');
  },
};

/**
 * @api {get} /me Who is logged in
 * @apiName me
 * @apiGroup Auth
 *
 * @apiHeader (Session) {String} {auth-userId} logged in user id
 * @apiHeader (Session) {String} auth-username user name of logged in user
 *
 * @apiSuccess (200) {String} userId
 * @apiSuccess (200) {String} username
 */
const me = {
  method: 'GET',
  path: '/me',
  handler(request) {
    // Both are declared as required: without them the gateway would not have called.
    return {
      userId: decode(request.headers['auth-userid']),
      username: decode(request.headers['auth-username']),
    };
  },
};

await start('auth', [login, logout, me]);
