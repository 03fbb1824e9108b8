// The articles service. It never sees a password or a token: who is logged in stands in the session
// headers that it declares in its comments, and the gateway vouches for them.

import { decode, encode } from './session.js';
import { start } from './server.js';

const articles = [
  { id: 1, title: 'Hello, Kinto', author: 'KintoUser' },
  { id: 2, title: 'Notes on the engine', author: 'Ada' },
];

/**
 * @api {get} /articles List all articles
 * @apiName list
 * @apiGroup Articles
 *
 * @apiHeader (Session) {String} {auth-userId} logged in user id
 * @apiHeader (Session) [String] auth-username user name of logged in user
 *
 * @apiSuccess (200) {Object[]} articles
 * @apiSuccess (200) {Object} reader who asked
 */
const list = {
  method: 'GET',
  path: '/articles',
  handler(request) {
    const reader = { userId: decode(request.headers['auth-userid']) };
    // [String] is apidoc's way to say "optional": the header is absent if the session has no name.
    const username = decode(request.headers['auth-username']);
    if (username !== undefined) {
      reader.username = username;
    }
    return { articles, reader };
  },
};

const find = (id, h) =>
  articles.find((each) => String(each.id) === id) ?? h.response({ error: 'no such article' }).code(404);

/**
 * @api {get} /articles/last Show what this session published last
 * @apiName last
 * @apiGroup Articles
 *
 * @apiHeader (Session) {Number} articles-lastId its id
 *
 * @apiSuccess (200) {Number} id
 * @apiSuccess (200) {String} title
 * @apiSuccess (200) {String} author
 */
const last = {
  method: 'GET',
  path: '/articles/last',
  handler(request, h) {
    return find(decode(request.headers['articles-lastid']), h);
  },
};

/**
 * @api {get} /articles/:id Show one article
 * @apiName show
 * @apiGroup Articles
 * @apiDescription Reads nothing from the session, so the public listener may show it to everybody.
 *
 * @apiParam (Url) {Number} id
 *
 * @apiSuccess (200) {Number} id
 * @apiSuccess (200) {String} title
 * @apiSuccess (200) {String} author
 * @apiError (404) {String} error there is no such article
 */
const show = {
  method: 'GET',
  path: '/articles/{id}',
  handler(request, h) {
    return find(request.params.id, h);
  },
};

/**
 * @api {post} /articles Publish an article
 * @apiName publish
 * @apiGroup Articles
 *
 * @apiHeader (Session) {String} {auth-userId} logged in user id
 * @apiHeader (Session) {String} auth-username user name of logged in user
 * @apiBody {String} title
 *
 * @apiSuccess (Session) {Number} articles-lastId id of the article published last
 * @apiSuccess (201) {Number} id
 * @apiSuccess (201) {String} title
 * @apiSuccess (201) {String} author
 */
const publish = {
  method: 'POST',
  path: '/articles',
  handler(request, h) {
    const title = request.payload?.title;
    if (typeof title !== 'string' || title === '') {
      return h.response({ error: 'an article needs a title' }).code(400);
    }
    const author = decode(request.headers['auth-username']);
    const article = { id: articles.length + 1, title, author };
    articles.push(article);
    return h
      .response(article)
      .code(201)
      .header('Location', `/articles/${article.id}`)
      .header('articles-lastId', encode(article.id));
  },
};

/**
 * @api {post} /hooks/published Take a notice from outside
 * @apiName published
 * @apiGroup Hooks
 * @apiDescription A webhook: its callers have neither token nor session.
 *
 * @apiSuccess (202) {Boolean} received
 */
const published = {
  method: 'POST',
  path: '/hooks/published',
  handler(request, h) {
    return h.response({ received: true }).code(202);
  },
};

/**
 * @api {get} /echo Show what the service was sent
 * @apiName echo
 * @apiGroup Debugging
 *
 * @apiHeader (Session) {String} [auth-userId] logged in user id
 *
 * @apiSuccess (200) {Object} headers all request headers
 */
const echo = {
  method: 'GET',
  path: '/echo',
  handler(request) {
    return { headers: request.headers };
  },
};

await start('articles', [list, last, show, publish, published, echo]);
