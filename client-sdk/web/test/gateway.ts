import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the gateway answers in place of what it would; see client-sdk/vectors/README.md. */
export interface Answer {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  problem?: object;
  rotates?: boolean;
  to?: string;
  hangUp?: boolean;
  /** Holds the answer back, for tests of this client alone. */
  when?: Promise<unknown>;
  /** Keeps the answer open behind its body. */
  open?: boolean;
}

export interface Behaviour {
  answers?: Record<string, Answer | null>;
  ends?: string;
  knows?: number;
  renews?: string;
  refusal?: string;
  expiresIn?: number;
  grace?: boolean;
}

/** A gateway on a loopback port: `/auth` as the contract says, and one microservice behaviour for everything else. */
export class FakeGateway {
  readonly requests: string[] = [];
  readonly heads: IncomingMessage[] = [];
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));
  readonly #elsewhere: Server = createServer((request, response) =>
    response.end(String(request.headers["kinto-authorization"] ?? request.headers.authorization ?? "no token")),
  );
  readonly #valid = new Set<string>();
  readonly #renewable = new Set<string>();
  #behaviour: Behaviour = {};
  #issued = 0;

  static async start(): Promise<FakeGateway> {
    const gateway = new FakeGateway();
    for (const server of [gateway.#server, gateway.#elsewhere]) {
      await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
    }
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get elsewhere(): string {
    return `http://127.0.0.1:${(this.#elsewhere.address() as AddressInfo).port}/`;
  }

  behave(change: Behaviour): void {
    Object.assign(this.#behaviour, change);
    if (change.ends) this.#valid.delete(change.ends);
    if (change.renews) this.#renewable.add(change.renews);
    for (let i = 0; i < (change.knows ?? 0); i++) this.issue();
  }

  issue(): string {
    const token = `token-${++this.#issued}`;
    this.#valid.add(token);
    return token;
  }

  count(request: string): number {
    return this.requests.filter(one => one === request).length;
  }

  async until(request: string): Promise<void> {
    while (!this.count(request)) await new Promise(setImmediate);
  }

  stop(): void {
    for (const server of [this.#server, this.#elsewhere]) {
      server.close();
      server.closeAllConnections();
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = String(request.headers["kinto-authorization"] ?? "").replace(/^Bearer /, "");
    const name = `${request.method} ${request.url}`;
    this.requests.push(`${name} ${token}`.trim());
    this.heads.push(request);
    const body = (await request.toArray().catch(() => [])).join("");
    const { answers = {} } = this.#behaviour;
    const special = answers[name] ?? answers[request.url!] ?? (request.url === "/auth" ? null : answers["*"]);
    await special?.when;
    const answer = special ?? this.#usual(request, token, body);
    if (answer.hangUp) return void request.socket.destroy();
    const status = answer.status ?? 200;
    const headers: Record<string, string> = { ...answer.headers };
    if (answer.rotates) {
      this.#valid.delete(token);
      headers["Kinto-Token"] = this.issue();
    }
    if (answer.to) headers["Location"] = answer.to === "elsewhere" ? this.elsewhere : answer.to;
    if (answer.problem) headers["Content-Type"] = "application/problem+json";
    response.writeHead(status, headers);
    const text = answer.problem ? JSON.stringify({ status, ...answer.problem }) : (answer.body ?? "");
    if (answer.open) response.write(text);
    else response.end(text);
  }

  #usual({ method, url }: IncomingMessage, token: string, body: string): Answer {
    const refused = { status: 401, problem: { code: this.#behaviour.refusal ?? "session-ended", requestId: "r-1" } };
    if (url !== "/auth") {
      return this.#valid.has(token) ? { body: method === "POST" && body ? body : "hello" } : refused;
    }
    if (method === "POST") {
      const { clientId, clientSecret } = JSON.parse(body);
      const known = clientId === "demo" && clientSecret === "demo-secret";
      return known ? this.#grant() : { status: 401, problem: { code: "client-invalid" } };
    }
    const known = this.#valid.has(token) || this.#renewable.delete(token);
    if (!(method === "PUT" && this.#behaviour.grace)) this.#valid.delete(token);
    if (!known) return refused;
    return method === "PUT" ? this.#grant() : { status: 204 };
  }

  #grant(): Answer {
    const { expiresIn = 1800 } = this.#behaviour;
    return { body: JSON.stringify({ token: this.issue(), expiresIn, maxExpiresIn: 43200 }) };
  }
}
