// The microservice "web": the application's pages, and what the session holds. It is plain HTTP; the comments
// are its contract, from which `kinto-gateway.jar import` makes the manifest.
//
// Environment: PORT, DIST (the folder with the built pages), API_URL (what they may connect to).

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { decode } from "../hapi/session.js";

const { PORT = "9003", DIST = "dist", API_URL = "http://127.0.0.1:8080" } = process.env;

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

// Scripts and styles of its own only: what somebody else gets into a page does not run.
const POLICY = `default-src 'self'; connect-src ${API_URL}; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'`;

/**
 * @api {get} / The application
 * @apiName application
 * @apiGroup Pages
 */
/**
 * @api {get} /tabs.html The application, twice
 * @apiName tabs
 * @apiGroup Pages
 */
/**
 * @api {get} /assets/:file Its scripts, styles and pictures
 * @apiName asset
 * @apiGroup Pages
 *
 * @apiParam (Url) {String} file
 */
const pages = new Map(
  readdirSync(DIST, { recursive: true })
    .filter(file => extname(file) in TYPES)
    .map(file => [`/${file.replaceAll("\\", "/").replace(/^index.html$/, "")}`, join(DIST, file)]),
);

function page(path, response) {
  const file = pages.get(path);
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, {
    "Content-Type": TYPES[extname(file)],
    "Content-Security-Policy": POLICY,
    // The names of assets change with their content.
    "Cache-Control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  response.end(readFileSync(file));
}

/**
 * @api {get} /session What the session holds
 * @apiName session
 * @apiGroup Session
 * @apiDescription Of the fields that others set it knows those that it declares to read, and no page can set them.
 *
 * @apiHeader (Session) {String} [auth-userId] logged in user id
 * @apiHeader (Session) {String} [auth-username] user name of logged in user
 * @apiHeader (Session) {Number} [articles-lastId] id of the article published last
 *
 * @apiSuccess (200) {String} [auth-userId]
 * @apiSuccess (200) {String} [auth-username]
 * @apiSuccess (200) {String} [articles-lastId]
 */
const FIELDS = ["auth-userId", "auth-username", "articles-lastId"];

function session(headers, response) {
  const fields = Object.fromEntries(FIELDS.map(field => [field, decode(headers[field.toLowerCase()])]));
  response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify(fields));
}

const server = createServer(({ url, headers }, response) => {
  const path = url.split("?")[0];
  if (path === "/session") session(headers, response);
  else page(path, response);
});

// Only the gateway shall reach it: whoever else could would choose the session headers.
server.listen(Number(PORT), "127.0.0.1", () =>
  console.log(`web listening on http://127.0.0.1:${server.address().port}`),
);
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(0));
