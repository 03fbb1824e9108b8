// The articles service. It never sees a password or a token: who is logged in stands in the session
// headers that it declares in its comments, and the gateway vouches for them.

import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
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

const news = new EventEmitter().setMaxListeners(0);
const QUIET = 15_000; // How long an event stream says nothing, in milliseconds.

/** The articles behind the first ones, and each new one when it comes. */
async function* events(seen) {
  yield 'retry: 1000\n\n';
  for (;;) {
    if (articles.length <= seen) {
      await once(news, 'published', { signal: AbortSignal.timeout(QUIET) }).catch(() => {});
    }
    // A comment now and then finds out who has gone.
    const article = articles[seen];
    yield article ? `id: ${++seen}\ndata: ${JSON.stringify(article)}\n\n` : ': nothing new\n\n';
  }
}

/**
 * @api {get} /articles/events Follow the articles
 * @apiName follow
 * @apiGroup Articles
 * @apiDescription An event stream. Who comes again names the last event that arrived, and gets those behind it.
 *
 * @apiHeader (Session) {String} auth-userId logged in user id
 */
const follow = {
  method: 'GET',
  path: '/articles/events',
  handler(request, h) {
    const last = request.headers['last-event-id'] ?? '';
    const stream = Readable.from(events(/^\d{1,9}$/.test(last) ? Number(last) : 0), { objectMode: false });
    return h.response(stream).type('text/event-stream');
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
    news.emit('published');
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

await start('articles', [list, follow, last, show, publish, published, echo]);
