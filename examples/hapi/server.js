import { readFile } from 'node:fs/promises';
import Hapi from '@hapi/hapi';

// Where a gateway whose configuration names no manifest asks for it.
const manifest = {
  method: 'GET',
  path: '/.well-known/kinto-manifest.json',
  handler: async (request, h) => h.response(await readFile(process.env.MANIFEST)).type('application/json'),
};

/** Starts a service on the port of the environment, or on a free one, until it is told to stop. */
export async function start(name, routes) {
  // Only the gateway shall reach a service: whoever else could would choose his own session headers.
  // Compressed, an event would wait for the next ones.
  const server = Hapi.server({ host: '127.0.0.1', port: Number(process.env.PORT ?? 0), compression: false });
  server.route(process.env.MANIFEST ? [...routes, manifest] : routes);
  await server.start();
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, async () => {
      await server.stop({ timeout: 2000 });
      process.exit(0);
    });
  }
  console.log(`${name} listening on http://127.0.0.1:${server.info.port}`);
}
