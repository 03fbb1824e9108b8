/**
 * @api {post} /login Log in as anybody: the user id is the body
 * @apiName login
 * @apiRotatesToken
 * @apiSuccess (Session) {String} auth-userId whatever the body says
 * @apiSuccess (Session) {String} auth-username User and that
 */
import { createServer } from 'node:http';

const server = createServer(async (request, response) => {
  let id = '';
  for await (const part of request) id += part;
  id = encodeURIComponent(id.trim() || '1');
  response.writeHead(200, { 'auth-userId': id, 'auth-username': `User${id}` }).end('logged in\n');
});
server.listen(Number(process.env.PORT ?? 9001), '127.0.0.1', () =>
  console.log(`auth listening on http://127.0.0.1:${server.address().port}`),
);
