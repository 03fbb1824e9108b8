import type { KintoEventSource } from "./index.js";
import type { KintoFetch, KintoRequestInit } from "./fetch.js";
import type { Session } from "./session.js";

// What few calls need, and the first one loads: event streams, WebSockets, redirects.

const FIRST_RETRY = 3000;
const LONGEST_RETRY = 60_000;
/** Answers after which a stream comes again by itself: the gateway or its microservice is on its way back. */
const COMES_AGAIN = [429, 500, 502, 503, 504];

/** Reads server-sent events (HTML, section 9.2) until the source is closed. */
export async function readEvents(
  source: KintoEventSource,
  init: KintoRequestInit,
  fetch: KintoFetch,
  closing: AbortSignal,
): Promise<void> {
  init.signal?.addEventListener("abort", () => source.close());
  if (init.signal?.aborted) source.close();
  const position = { lastId: "", retry: FIRST_RETRY };
  let failures = 0;
  while (source.readyState !== source.CLOSED) {
    let response: Response | undefined;
    try {
      const headers = new Headers(init.headers);
      headers.set("Accept", "text/event-stream");
      if (position.lastId) headers.set("Last-Event-ID", position.lastId);
      response = await fetch(source.url, { cache: "no-store", ...init, headers, signal: closing });
      if (isStream(response)) {
        failures = 0;
        source.readyState = source.OPEN;
        tell(source, new Event("open"));
        await readBody(response.body!, position, event => tell(source, event));
      }
    } catch {
      // The connection broke; it comes again.
    }
    if (closing.aborted) return;
    const comesAgain = !response || isStream(response) || COMES_AGAIN.includes(response.status);
    source.readyState = comesAgain ? source.CONNECTING : source.CLOSED;
    tell(source, Object.assign(new Event("error"), { response }));
    if (!comesAgain) return;
    const said = Number(response?.headers.get("Retry-After")) * 1000 || 0;
    const wait = Math.min(position.retry * 2 ** failures++, LONGEST_RETRY) * (0.75 + 0.25 * Math.random());
    await pause(Math.max(said, wait), closing);
  }
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  position: { lastId: string; retry: number },
  dispatch: (event: Event) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let afterCr = false;
  let type = "";
  let data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    // An event that the stream's end cut short is none.
    if (done) return;
    const text = decoder.decode(value, { stream: true });
    // A CR at the end of what came before ended a line, perhaps as half of a CRLF.
    const lines = (rest + (afterCr ? text.replace(/^\n/, "") : text)).split(/\r\n|\n|\r/);
    if (text) afterCr = text.endsWith("\r");
    rest = lines.pop()!;
    for (const line of lines) {
      const [, name, field = ""] = /^([^:]*):? ?(.*)$/s.exec(line)!;
      if (!line) {
        if (data.length) {
          dispatch(new MessageEvent(type || "message", { data: data.join("\n"), lastEventId: position.lastId }));
        }
        type = "";
        data = [];
      } else if (name === "data") data.push(field);
      else if (name === "event") type = field;
      else if (name === "id" && !field.includes("\0")) position.lastId = field;
      else if (name === "retry" && /^\d+$/.test(field)) position.retry = Number(field);
    }
  }
}

function tell(source: KintoEventSource, event: Event): void {
  if (source.readyState === source.CLOSED && event.type !== "error") return;
  const { onopen, onmessage, onerror } = source;
  const listeners: Record<string, ((event: any) => unknown) | null> = {
    open: onopen,
    message: onmessage,
    error: onerror,
  };
  try {
    listeners[event.type]?.call(source, event);
  } catch (failure) {
    console.error("Kinto: a listener of an event stream failed.", failure);
  }
  source.dispatchEvent(event);
}

async function pause(millis: number, closing: AbortSignal): Promise<void> {
  await new Promise<void>(done => {
    const timer = setTimeout(finish, millis);
    closing.addEventListener("abort", finish);
    globalThis.addEventListener?.("online", finish);
    function finish() {
      clearTimeout(timer);
      closing.removeEventListener("abort", finish);
      globalThis.removeEventListener?.("online", finish);
      done();
    }
  });
}

function isStream(response: Response): boolean {
  return response.status === 200 && !!response.headers.get("Content-Type")?.startsWith("text/event-stream");
}

/**
 * Opens a WebSocket with the token among its subprotocols, where alone a page can put it: names that begin with
 * `kinto` are the gateway's, which agrees to `kinto` if the microservice agrees to none.
 */
export async function openWebSocket(
  url: URL,
  protocols: string | string[],
  base: URL,
  session: Session,
  cookie: boolean,
): Promise<WebSocket> {
  url.protocol = url.protocol.replace("http", "ws");
  const offered = [protocols].flat();
  if (url.origin === base.origin.replace("http", "ws")) {
    // With a cookie too: there must be one.
    const { token } = await session.current();
    if (!cookie) offered.unshift("kinto", `kinto.bearer.${token}`);
  }
  return new WebSocket(url, offered);
}

/** The request to which an answer redirects (Fetch, section 4.4); undefined if it does not. */
export function redirected(from: Request, status: number, response: Response, hops: number): Request | undefined {
  const location = response.headers.get("Location");
  if (response.type === "opaqueredirect" || (location && !hops)) {
    const reason = location ? "too often" : "and this gateway is too old to say where";
    throw new TypeError(`${from.url} redirects, ${reason}`);
  }
  if (!location || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  void response.body?.cancel();
  const url = new URL(location, from.url);
  if (url.origin !== new URL(from.url).origin) from.headers.delete("Authorization");
  const isSafe = from.method === "GET" || from.method === "HEAD";
  if (status === 303 ? isSafe : status > 303 || from.method !== "POST") return new Request(url, from);
  const { headers, mode, cache, credentials, signal } = from;
  for (const name of [...headers.keys()]) if (name.startsWith("content-")) headers.delete(name);
  return new Request(url, { headers, mode, cache, credentials, signal });
}
