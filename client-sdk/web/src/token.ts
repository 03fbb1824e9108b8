import { ensureOk, KintoError } from "./errors.js";

/** What is known of a token. Times are milliseconds of `Date.now()`, which goes on while the machine sleeps. */
export interface Held {
  /** What is sent. With a cookie, which no script sees, a name that stands for it. */
  readonly token: string;
  /** A name of this client's for the session; it stays the same when the token changes. */
  readonly session: string;
  /** The idle time with which the token was issued; 0 if that is not known. */
  readonly life: number;
  readonly renewAt: number;
  /** Whether the answer to a call is lost, which may have brought a newer token. */
  answerLost?: boolean;

  // What this page alone knows, and does not save:
  calls?: number;
  replaced?: boolean;
  searched?: boolean;
  /** Until when nobody tries again to renew it. */
  quietUntil?: number;
  next?: Held;
}

/** What `/auth` says of a token; without the token itself where it is in a cookie. */
export interface Grant {
  readonly token?: string;
  readonly expiresIn: number;
}

export const SAVED = ["token", "session", "life", "renewAt", "answerLost"];

const SECOND = 1000;
const EXCHANGE_LIMIT = 20 * SECOND;

/** Whether a text can be sent as a token at all. */
export const isToken = (text: unknown): text is string => typeof text === "string" && /^[!-~]+$/.test(text);

/** Names tell sessions apart on this machine; they are no secrets. */
export const newName = () => `${Math.random()}`;

/** Reads what was saved. A bare token, which another program wrote, is due for a renewal. */
export function parse(text: string | null | undefined, session: string): Held | null {
  if (!text) return null;
  try {
    const held: Held = JSON.parse(text);
    return isToken(held.token) && held.session && held.renewAt > 0 ? held : null;
  } catch {
    return isToken(text) ? { token: text, session, life: 0, renewAt: 0 } : null;
  }
}

/** It is renewed after half of its idle time, less a little, so that not all come at once. */
export function issued({ token = newName(), expiresIn }: Grant, session: string): Held {
  const life = expiresIn * SECOND;
  return { token, session, life, renewAt: Date.now() + life * (0.5 - 0.03 * Math.random()) };
}

/** Whether it is time, also if the clock was set back since the token came. */
export function isDue({ renewAt, life, quietUntil = 0 }: Held): boolean {
  const now = Date.now();
  return quietUntil <= now && (renewAt <= now || renewAt > now + life);
}

/** Where tokens come from, and how they get there. */
export interface Endpoint {
  readonly auth: URL;
  readonly cookie?: boolean;
  readonly platform: typeof fetch;
}

/** One exchange with `/auth`: a session begins with `POST`, its token is replaced with `PUT`, it ends with `DELETE`. */
export async function ask(
  { auth, cookie, platform }: Endpoint,
  method: string,
  token?: string,
  json?: object,
): Promise<Grant> {
  const headers: Record<string, string> = json ? { "Content-Type": "application/json" } : {};
  if (token && !cookie) headers["Kinto-Authorization"] = `Bearer ${token}`;
  try {
    const response = await platform(auth, {
      method,
      headers,
      body: json && JSON.stringify(json),
      redirect: "manual",
      credentials: cookie ? "include" : "omit",
      cache: "no-store",
      keepalive: method === "DELETE",
      signal: AbortSignal.timeout(EXCHANGE_LIMIT),
    });
    await ensureOk(response);
    const grant: Grant = method === "DELETE" ? { expiresIn: 0 } : await response.json();
    if (grant.expiresIn >= 0 && (cookie || !json || isToken(grant.token))) return grant;
    throw "no token came";
  } catch (cause) {
    if (cause instanceof KintoError) throw cause;
    throw new KintoError("gateway-unreachable", `${method} ${auth} failed: ${cause}`, cause);
  }
}

/** For a token that the gateway does not know, which is as good as none. */
export function unlessRefused(failure: KintoError): undefined {
  if (failure.status !== 401) throw failure;
}
