import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import type * as Kinto from "../../src/index.js";

declare global {
  /** What each page of the tests has. */
  interface Window {
    K: typeof Kinto;
    kinto: Kinto.KintoClient;
    lost: string[];
  }
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = join(root, "../../runtime-gateway/target");
const jar = process.env["KINTO_GATEWAY_JAR"] ?? join(target, "kinto-gateway.jar");
const java = join(process.env["KINTO_JAVA_HOME"] ?? process.env["JAVA_HOME"] ?? "/usr", "bin/java");

/** Why the tests cannot run here; empty if they can. */
export const missing = !browserProgram()
  ? "There is no Chromium on the path"
  : !existsSync(jar)
    ? `There is no ${jar}: build it with mvn package`
    : "";

function browserProgram(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.flatMap(folder => names.map(name => join(folder, name))).find(existsSync);
}

/** A real gateway, a microservice behind it, an application's page, and a real browser. */
export class World {
  readonly #folder = mkdtempSync(join(tmpdir(), "kinto-web-"));
  readonly #service = createServer((request, response) => this.#serve(request, response));
  readonly #pages = createServer((request, response) => this.#page(request, response));
  #gateway!: ChildProcess;
  #port = 0;
  browser!: Browser;
  /** What reached the microservice: method and target. */
  readonly calls: string[] = [];
  /** What the application's host serves besides, by path. */
  readonly files = new Map<string, string>();
  readonly #streams = new Set<ServerResponse>();

  static async start(): Promise<World> {
    const world = new World();
    for (const server of [world.#service, world.#pages]) {
      await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
    }
    world.#service.on("upgrade", (request, socket) => {
      world.calls.push(`WebSocket ${request.url}`);
      const key = request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      const accept = createHash("sha1").update(key).digest("base64");
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      socket.write(Buffer.from([0x81, 2, 0x68, 0x69]));
    });
    await world.startGateway();
    world.browser = await chromium.launch({
      executablePath: browserProgram(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
      // Playwright switches it off.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    });
    return world;
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await this.stopGateway();
    for (const server of [this.#service, this.#pages]) {
      server.close();
      server.closeAllConnections();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // `localhost` counts as secure, and what stands before it as a site of its own: api.shop.localhost and
  // shop.localhost are one site, evil.localhost is another one.

  get api(): string {
    return `http://api.shop.localhost:${this.#port}`;
  }

  page(host = "shop.localhost"): string {
    return `http://${host}:${port(this.#pages)}`;
  }

  async startGateway(): Promise<void> {
    const secretHash = `sha256:${createHash("sha256").update("demo-secret").digest("hex")}`;
    const client = { environment: "demo", secretHash, allowedOrigins: [this.page()] };
    const manifest = join(this.#folder, "m.json");
    const config = join(this.#folder, "kinto.yaml");
    writeFileSync(manifest, JSON.stringify(MANIFEST));
    writeFileSync(
      config,
      JSON.stringify({
        listeners: { api: { port: this.#port }, public: { port: 0 }, admin: { port: 0 } },
        environments: {
          demo: { services: { m: { manifest, upstreams: [`http://127.0.0.1:${port(this.#service)}`] } } },
        },
        clients: [
          { id: "demo", ...client, cookie: true },
          { id: "brief", ...client, unusedIdleTimeout: "PT1S" },
        ],
        dataDirectory: join(this.#folder, "data"),
      }),
    );
    const process = spawn(java, ["--sun-misc-unsafe-memory-access=allow", "-jar", jar, "serve", "--config", config]);
    this.#gateway = process;
    this.#port = await new Promise<number>((done, fail) => {
      let said = "";
      const hear = (data: Buffer) => {
        said += data;
        const found = /api listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
        if (found) done(Number(found[1]));
      };
      process.stdout!.on("data", hear);
      process.stderr!.on("data", hear);
      process.on("exit", code => fail(new Error(`The gateway ended with ${code}: ${said}`)));
    });
  }

  async stopGateway(): Promise<void> {
    const ended = new Promise(done => this.#gateway.once("exit", done));
    this.#gateway.kill("SIGKILL");
    await ended;
  }

  /** A tab of the application, with a client of these options. */
  async tab(context: BrowserContext, options: Partial<Kinto.ClientOptions> = {}): Promise<Page> {
    const page = await context.newPage();
    await page.goto(this.page());
    await this.client(page, options);
    return page;
  }

  async client(page: Page, options: Partial<Kinto.ClientOptions> = {}): Promise<void> {
    await page.waitForFunction(() => window.K);
    await page.evaluate(
      given => {
        window.lost = [];
        window.kinto = window.K.createClient({ ...given, onSessionLost: reason => window.lost.push(reason) });
      },
      { baseUrl: this.api, clientId: "demo", clientSecret: "demo-secret", ...options },
    );
  }

  /** Ends the streams that are open. */
  endStreams(): void {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url!.split("?")[0];
    this.calls.push(`${request.method} ${request.url}`);
    request.resume();
    if (path === "/login" || path === "/login-form") response.setHeader("m-user", "7");
    if (path === "/login-form") response.writeHead(303, { Location: "/me" }).end();
    else if (path === "/events") {
      this.#streams.add(response);
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(`retry: 50\nid: 1\ndata: ${request.headers["last-event-id"] ?? "first"}\n\n`);
    } else if (path === "/image") {
      response.writeHead(200, { "Content-Type": "image/svg+xml" });
      response.end('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
    } else if (path === "/me") response.end(`user ${request.headers["m-user"]}`);
    else response.end(String(request.headers.cookie ?? "hello"));
  }

  #page(request: IncomingMessage, response: ServerResponse): void {
    const given = this.files.get(request.url!);
    if (given) {
      response.writeHead(200, { "Content-Type": request.url!.endsWith(".js") ? "text/javascript" : "text/html" });
      return void response.end(given);
    }
    const file = /^\/dist\/([\w-]+\.js)$/.exec(request.url!)?.[1];
    if (file) {
      response.writeHead(200, { "Content-Type": "text/javascript" });
      response.end(readFileSync(join(root, "dist", file)));
    } else {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end(
        '<!doctype html><title>test</title><script type="module">import * as K from "/dist/index.js"; window.K = K;</script>',
      );
    }
  }
}

const field = { field: "m-user", type: "Number" };

const MANIFEST = {
  manifestVersion: 1,
  microservice: "m",
  routes: [
    { method: "GET", path: "/events", name: "events" },
    { method: "GET", path: "/image", name: "image" },
    { method: "POST", path: "/login", name: "login", writes: [field], rotatesToken: true },
    { method: "POST", path: "/login-form", name: "loginForm", writes: [field], rotatesToken: true },
    { method: "GET", path: "/me", name: "me", reads: [{ ...field, required: true }] },
    { method: "GET", path: "/ws", name: "ws" },
    { method: "GET", path: "/x", name: "x" },
    { method: "POST", path: "/x", name: "changeX" },
  ],
};

function port(server: Server): number {
  return (server.address() as AddressInfo).port;
}
