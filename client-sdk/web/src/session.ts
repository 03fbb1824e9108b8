import { KintoError } from "./errors.js";
import { otherTabs, type News, type TokenStorage } from "./tabs.js";
import {
  ask,
  isDue,
  issued,
  isToken,
  newName,
  parse,
  SAVED,
  unlessRefused,
  type Endpoint,
  type Grant,
  type Held,
} from "./token.js";

/** Why `onSessionLost` is called: the gateway ended the session, or another tab did with `endSession()`. */
export type LossReason = "lost" | "ended";

/** What the page may show: no session was asked for yet, there is one, it was lost, it was ended on purpose. */
export type Status = "none" | "active" | "lost" | "ended";

export interface SessionOptions extends Endpoint {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly storage: TokenStorage;
  readonly key: string;
  readonly onSessionLost?: (reason: LossReason) => unknown;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const LOCK_LIMIT = 5 * SECOND;
/** How long the answer to a login may take that replaced the token, in this tab and in another one. */
const LOGIN_LIMIT = 30 * SECOND;
const OTHER_TAB_LIMIT = 3 * SECOND;

export type Session = ReturnType<typeof createSession>;

/**
 * The session of one client: obtains its token when it is first needed, renews, follows and ends it, with one exchange
 * with `/auth` at a time over all tabs, however many calls wait (contract C39, C39a).
 */
export function createSession(options: SessionOptions) {
  const { clientId, clientSecret, cookie, storage, key } = options;
  let watchers: (() => void)[] = [];
  let status: Status = "none";
  let held: Held | null = null;
  let loaded = false;
  /** Whether the storage does not have yet what this page holds. */
  let unwritten = false;
  let writing = false;
  /** Whether this page knows that its cookie, if there is one, is of no session. */
  let ended = false;
  /** The session that another tab ended last: the storage may show it for a moment longer. */
  let gone: string | undefined;
  let exchange: Promise<void> | null = null;
  let refusal: KintoError | undefined;
  let refusedUntil = 0;
  /** A token that came when there was another one already: one of the two is the newest. */
  let spare: string | undefined;

  const tabs = otherTabs(key, hear, () => {
    // A login may be among them, and the new token that its answer brings is lost with the page.
    if (held?.calls && storage.shared) {
      held.answerLost = true;
      void save();
    }
  });

  function changed(): void {
    for (const watcher of watchers) watcher();
  }

  function subscribe(watcher: () => void): () => void {
    watchers = [...watchers, watcher];
    return () => void (watchers = watchers.filter(other => other !== watcher));
  }

  async function until(holds: () => boolean, limit: number): Promise<void> {
    let end = () => {};
    await new Promise<void>(done => {
      const timer = setTimeout(done, limit);
      const look = () => holds() && done();
      const forget = subscribe(look);
      end = () => {
        clearTimeout(timer);
        forget();
      };
      look();
    });
    end();
  }

  // --- The storage, and the other tabs ---

  /** Reads what another tab wrote, or what outlived the page. */
  async function load(): Promise<void> {
    const before = held;
    let text;
    try {
      text = await storage.load();
    } catch (cause) {
      if (loaded) return;
      throw new KintoError("storage-failed", `Storage failed: ${cause}`, cause);
    }
    loaded = true;
    if (held !== before || unwritten || writing) return;
    if (text != null) ended = !text;
    const next = parse(text, before?.session ?? newName());
    if (next ? next.token !== before?.token && next.session !== gone : before && storage.shared) adopt(next, "ended");
  }

  /** Writes what this page holds; what a storage does not take is tried again with the next calls. */
  async function save(): Promise<void> {
    unwritten = true;
    if (writing) return;
    writing = true;
    try {
      while (unwritten) {
        unwritten = false;
        // An empty text stands for a session that was ended, so that its cookie is not taken up again.
        if (held || cookie) await storage.save(held ? JSON.stringify(held, SAVED) : "");
        else await storage.clear();
        tabs.tell("changed");
      }
    } catch (failure) {
      unwritten = true;
      console.warn("Kinto: storage failed", failure);
    }
    writing = false;
  }

  /** Goes on with another token, or with none. */
  function become(next: Held | null, news: News = "changed"): void {
    held = next;
    status = next ? "active" : news === "lost" ? news : "ended";
    changed();
  }

  /** The same, and says so. */
  function hold(next: Held | null, news?: News): void {
    if (news) tabs.tell(news, held?.session);
    become(next, news);
    ended = !next;
    void save();
  }

  function hear(news: News, session?: string): void {
    if (news === "changed") load().catch(() => {});
    else if (held?.session === (gone = session)) adopt(null, news);
  }

  function adopt(next: Held | null, news: News): void {
    const before = held;
    become(next, news);
    if (before && before.session !== next?.session) void tellOfLoss(news === "lost" ? news : "ended");
  }

  async function tellOfLoss(reason: LossReason): Promise<void> {
    try {
      await options.onSessionLost?.(reason);
    } catch (failure) {
      console.error("Kinto: onSessionLost failed", failure);
    }
  }

  // --- Exchanges with /auth ---

  function only(work: Promise<unknown>): Promise<void> {
    const mine: Promise<void> = work
      .then(() => {})
      .finally(() => {
        if (exchange === mine) exchange = null;
        changed();
      });
    return (exchange = mine);
  }

  async function idle(): Promise<void> {
    while (exchange) await exchange.catch(() => {});
  }

  async function obtain(): Promise<void> {
    await load();
    if (held) return;
    let grant: Grant | undefined;
    try {
      // The cookie may have outlived what this page knows of it.
      if (cookie && !ended) grant = await ask(options, "GET").catch(unlessRefused);
      grant ??= await ask(options, "POST", "", { clientId, clientSecret, cookie });
    } catch (failure) {
      refusal = failure as KintoError;
      refusedUntil = Date.now() + Math.min(refusal.retryAfter * SECOND, MINUTE);
      throw failure;
    }
    await load();
    // Another tab was first, where there are no locks.
    if (!held) hold(issued(grant, newName()));
  }

  /** If it fails: whatever is wrong, the call itself finds out. */
  async function rotate(old: Held): Promise<void> {
    await load();
    if (held !== old) return;
    try {
      const grant = await ask(options, "PUT", old.token);
      await load();
      if (held === old) hold(issued(grant, old.session));
      else spare = grant.token;
    } catch (failure) {
      // Refused: not with each call that comes now. Else the answer may be lost, and the next call tries again.
      if ((failure as KintoError).status) old.quietUntil = Date.now() + MINUTE;
    }
  }

  async function renew(old: Held): Promise<void> {
    // A tab that is frozen while it renews keeps the others from it until the name changes.
    const turn = Math.floor((Date.now() - old.renewAt) / MINUTE);
    const done = await tabs.alone(() => rotate(old), `${key} renewal ${turn}`, 0);
    if (!done) old.quietUntil = Date.now() + LOCK_LIMIT;
  }

  // --- What calls need ---

  /** The token in use: renewed if it is time, or a new session's. A hurried call takes what there is. */
  async function current(hurried = false): Promise<Held> {
    if (!loaded) await load();
    if (unwritten) void save();
    for (;;) {
      const token = held;
      if (!token) {
        if (!exchange && Date.now() < refusedUntil) throw refusal!;
        await (exchange ?? only(tabs.alone(obtain, `${key} begin`, LOCK_LIMIT)));
      } else if (!hurried && token.replaced && token.calls) {
        await until(() => held !== token || !token.calls, LOGIN_LIMIT);
        if (held === token) return token;
      } else if (!hurried && !exchange && isDue(token)) {
        // The others go on with the old token, which works for a grace time.
        await only(renew(token));
        return held ?? token;
      } else {
        return token;
      }
    }
  }

  /** Counts a call with this token, until `end`. */
  function begin(token: Held): Held {
    token.calls = (token.calls ?? 0) + 1;
    return token;
  }

  /** The head of a call's answer has come, or never will. */
  function end(token: Held, answered: boolean): void {
    token.calls!--;
    token.answerLost ||= !answered;
    changed();
  }

  /** Takes over the token by which the gateway replaced a call's in its answer (contract C28). */
  function follow(used: Held, token: string | null): void {
    if (!isToken(token)) return;
    used.next = issued({ token, expiresIn: used.life / SECOND }, used.session);
    if (held?.session === used.session) hold(used.next);
    else changed();
  }

  /**
   * The token to go on with after the gateway refused a call's; null if there is none. Of all calls that were refused
   * with one token, in all tabs, the first one finds that the session is lost.
   */
  async function after(used: Held, code: string, mayChangeSession: boolean): Promise<Held | null> {
    const replaced = code === "token-replaced";
    used.replaced = replaced && !cookie;
    await until(() => held !== used || !(exchange || (replaced && used.calls)), LOGIN_LIMIT);
    if (held === used) await load();
    if (held === used && replaced) {
      if (cookie) {
        // The browser has the newer cookie as soon as the answer is there that brings it.
        await until(() => false, SECOND / 4);
        return used;
      }
      if (!used.searched) await search(used);
      if (held === used && (!used.answerLost || used.calls)) return null;
    }
    if (held === used) {
      hold(null, "lost");
      await tellOfLoss("lost");
    }
    return mayChangeSession || held?.session === used.session ? current() : null;
  }

  /** Looks for a newer token: in another tab, and at the gateway, if it was the answer to a renewal that was lost. */
  async function search(used: Held): Promise<void> {
    used.searched = true;
    if (storage.shared) await until(() => held !== used, OTHER_TAB_LIMIT);
    await idle();
    if (held !== used) return;
    if (spare) hold(issued({ token: spare, expiresIn: used.life / SECOND }, used.session));
    else await only(rotate(used));
    spare = undefined;
  }

  /** Ends the session, at the gateway and in all tabs. It is forgotten even if the gateway cannot be reached. */
  async function endSession(): Promise<void> {
    // A renewal first: the gateway does not end a session on the word of a replaced token.
    await idle();
    await load();
    const last = held ?? (cookie && !ended ? issued({ expiresIn: 0 }, "") : null);
    if (!last) return;
    hold(null, "ended");
    const finished = finish(last);
    await only(finished.catch(() => {}));
    await finished;
  }

  async function finish(last: Held): Promise<void> {
    for (let token: Held | undefined = last; token; token = token.next) {
      const used: Held = token;
      if (await ask(options, "DELETE", used.token).catch(unlessRefused)) return;
      // A login is under way, perhaps: what it began is to end too.
      await until(() => !!used.next || !used.calls, LOGIN_LIMIT);
    }
  }

  return { current, begin, end, follow, after, endSession, subscribe, status: () => status };
}
