import { problemOf } from "./errors.js";
import type { Session } from "./session.js";
import type { Held } from "./token.js";

/** What `fetch` takes, and what this client needs to know besides. */
export interface KintoRequestInit extends RequestInit {
  /**
   * Whether the call is made again in a new session if its own was lost. The default is the client's. The new session
   * has no fields: nobody is logged in.
   */
  repeatAfterSessionLost?: boolean;
}

export type KintoFetch = (input: RequestInfo | URL, init?: KintoRequestInit) => Promise<Response>;

/** The methods of RFC 9110 §9.2.1, which change nothing: no login has one. */
const SAFE = /^(GET|HEAD|OPTIONS)$/;
const REFUSED = /^(token-replaced|session-ended|token-invalid)$/;
/** So many logins while one call is tried, or hops, are a mistake. */
const MOST = 20;

/** A drop-in for the platform's `fetch`: what goes to the gateway's origin carries the token, and nothing else does. */
export function gatewayFetch(
  session: Session,
  base: URL,
  platform: typeof fetch,
  defaults: { cookie?: boolean; repeatAfterSessionLost?: boolean },
): KintoFetch {
  return (input, init = {}) => call(input, init, MOST);

  async function call(input: RequestInfo | URL, init: KintoRequestInit, hops: number): Promise<Response> {
    const given = input instanceof Request ? input : resolve(input, base);
    const { repeatAfterSessionLost = defaults.repeatAfterSessionLost ?? false, ...rest } = init;
    // A Request that was given stays unread, for another time.
    const request = () => new Request(given instanceof Request ? given.clone() : given, rest);
    const first = request();
    if (new URL(first.url).origin !== base.origin) return platform(first);
    const isSafe = SAFE.test(first.method);
    const isStream = isOneShot(rest.body);
    const signal = rest.signal ?? first.signal;

    let token = session.begin(await abortable(session.current(first.keepalive), signal));
    let newSession = false;
    for (let tries = 1; ; tries++) {
      const response = await send(tries > 1 ? request() : first, token);
      if (response.status !== 401) return response;
      const { code = "", upstreamCalled } = await problemOf(response);
      const replaced = code === "token-replaced";
      if (!REFUSED.test(code) || tries > MOST || (newSession && !replaced)) return response;
      const isRepeatable = !isStream && (!upstreamCalled || (replaced && isSafe));
      const mayBegin: boolean = repeatAfterSessionLost && isRepeatable && !newSession;
      const next: Held | null = await abortable(session.after(token, code, mayBegin), signal);
      if (!next || !isRepeatable) return response;
      newSession ||= next.session !== token.session;
      token = session.begin(next);
    }

    async function send(sent: Request, used: Held): Promise<Response> {
      let answered = false;
      try {
        const response = await (defaults.cookie ? platform(sent, { credentials: "include" }) : withToken(sent, used));
        answered = true;
        return response;
      } finally {
        session.end(used, answered);
      }
    }

    /** Hop by hop: the platform would take the token along to any host, and hide a new one that a hop brings. */
    async function withToken(sent: Request, used: Held): Promise<Response> {
      const follow = sent.redirect === "follow";
      const headers = new Headers(sent.headers);
      headers.set("Kinto-Authorization", `Bearer ${used.token}`);
      if (follow) headers.set("Kinto-Redirect", "shown");
      const response = await platform(new Request(sent, { headers, redirect: follow ? "manual" : sent.redirect }));
      session.follow(used, response.headers.get("Kinto-Token"));
      if (!follow) return response;
      // Browsers hide redirects, even their status. Asked to, the gateway says what they say in an answer of another kind.
      const status = +(response.headers.get("Kinto-Redirect") ?? response.status);
      if (status && (status < 300 || status > 399)) return response;
      const { redirected } = await import("./later.js");
      const next = redirected(request(), status, response, hops);
      return next ? call(next, { repeatAfterSessionLost }, hops - 1) : response;
    }
  }
}

/** Whether a body can be sent only once: a stream, or what Node makes one of. */
function isOneShot(body: any): boolean {
  return !!(body?.getReader || body?.[Symbol.asyncIterator]);
}

/** A path is one behind the gateway, with or without a slash before it. */
export function resolve(address: string | URL, base: URL): URL {
  return new URL(`${address}`.replace(/^\/(?!\/)/, ""), base);
}

/** Ends a wait when the call is aborted; what it waited for goes on, since others may wait for it too. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const stop = () => fail(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    work.then(done, fail).finally(() => signal.removeEventListener("abort", stop));
  });
}
