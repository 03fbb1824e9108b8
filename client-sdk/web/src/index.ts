import { gatewayFetch, resolve, type KintoFetch, type KintoRequestInit } from "./fetch.js";
import { KintoError } from "./errors.js";
import { createSession, type LossReason, type Status } from "./session.js";
import { browserStorage, type TokenStorage } from "./tabs.js";

export { ensureOk, KintoError, type MissingField } from "./errors.js";
export type { KintoFetch, KintoRequestInit, LossReason, Status, TokenStorage };

export interface ClientOptions {
  /** The gateway's address; relative to the page where there is one. What lies behind a path of it stays there. */
  readonly baseUrl: string | URL;
  readonly clientId: string;
  /** Identifies the application. It stands in the page, so no right rests on it (docs/browser-security.md). */
  readonly clientSecret: string;
  /** Keeps the token in a cookie that no script can read; the gateway's client needs `cookie: true` too. */
  readonly cookie?: boolean;
  /**
   * Where the session outlives the page, and tabs share it: `localStorage`, the default in browsers; `memory`, a
   * session for each page load; or your own.
   */
  readonly storage?: "localStorage" | "memory" | TokenStorage;
  /**
   * Told once in each tab when a session ended without this tab's `endSession()`: the user is no longer logged in. The
   * call that found out waits for what it returns, and may be repeated then.
   */
  readonly onSessionLost?: (reason: LossReason) => unknown;
  /** Whether calls that found out are made again in the new session, where nobody is logged in. Default: false. */
  readonly repeatAfterSessionLost?: boolean;
  /** What makes the requests, instead of the platform's. */
  readonly fetch?: typeof fetch;
}

/** A way through a Kinto gateway: one session, shared by all tabs of the application. */
export interface KintoClient {
  /** The gateway's address, with a slash at its end. */
  readonly baseUrl: URL;
  /** As the platform's; relative addresses are paths behind the gateway, and calls to it carry the token. */
  readonly fetch: KintoFetch;
  /** The token in use, obtained first if there is none. Ask before each use: it changes. */
  token(): Promise<string>;
  /** Ends the session, at the gateway and in all tabs: a logout. */
  endSession(): Promise<void>;
  /** As `new EventSource(url)`, with the token, and with what `fetch` takes. */
  eventSource(url: string | URL, init?: KintoRequestInit): KintoEventSource;
  /** As `new WebSocket(url, protocols)`, with the token. */
  webSocket(url: string | URL, protocols?: string | string[]): Promise<WebSocket>;
  /** Whether there is a session, as far as this tab knows. */
  readonly status: Status;
  /** Calls a listener when `status` may have changed; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * @example
 * const kinto = createClient({ baseUrl: "https://api.example.com", clientId: "shop-web", clientSecret: "…" });
 * const response = await kinto.fetch("articles/articles");
 */
export function createClient(options: ClientOptions): KintoClient {
  if (!(options.baseUrl && options.clientId && options.clientSecret)) {
    throw new TypeError("createClient needs baseUrl, clientId, clientSecret");
  }
  const { cookie = false, storage = "localStorage" } = options;
  const base = baseOf(options.baseUrl);
  const key = `kinto ${options.clientId} ${base}`;
  const platform: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const session = createSession({
    ...options,
    auth: new URL("auth", base),
    storage: typeof storage === "string" ? browserStorage(storage, key) : storage,
    key,
    platform,
  });
  const kintoFetch = gatewayFetch(session, base, platform, options);
  return {
    baseUrl: base,
    fetch: kintoFetch,
    async token() {
      if (cookie) throw new KintoError("token-hidden", "The token is in a cookie, which no script can read");
      return (await session.current()).token;
    },
    endSession: session.endSession,
    eventSource: (url, init = {}) => new KintoEventSource(resolve(url, base).href, init, kintoFetch),
    async webSocket(url, protocols = []) {
      const { openWebSocket } = await import("./later.js");
      return openWebSocket(resolve(url, base), protocols, base, session, cookie);
    },
    get status() {
      return session.status();
    },
    subscribe: session.subscribe,
  };
}

/**
 * Server-sent events with the token, which the browser's own `EventSource` cannot carry. The same interface; besides,
 * it takes what `fetch` takes, and it comes again after a 429 and 5xx too. An `error` event has the answer that ended
 * the stream as `response`.
 */
export class KintoEventSource extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readyState = 0;
  onopen: ((event: Event) => unknown) | null = null;
  onmessage: ((event: MessageEvent<string>) => unknown) | null = null;
  onerror: ((event: Event & { response?: Response }) => unknown) | null = null;
  readonly #closing = new AbortController();

  constructor(
    readonly url: string,
    init: KintoRequestInit,
    fetch: KintoFetch,
  ) {
    super();
    void import("./later.js").then(({ readEvents }) => readEvents(this, init, fetch, this.#closing.signal));
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.#closing.abort();
  }
}

function baseOf(address: string | URL): URL {
  const base = new URL(address, globalThis.document?.baseURI);
  if (!/^http/.test(base.protocol)) throw new TypeError(`baseUrl must be http:// or https://. Found: ${address}`);
  base.search = base.hash = "";
  base.pathname = base.pathname.replace(/\/?$/, "/");
  return base;
}
