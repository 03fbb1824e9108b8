/**
 * Keeps the session between page loads. Whoever reads the text has the session. The client reads it before its first
 * call, when another tab has news, and when the gateway refuses a token; it writes every change, one at a time.
 */
export interface TokenStorage {
  load(): string | null | undefined | Promise<string | null | undefined>;
  save(text: string): void | Promise<void>;
  clear(): void | Promise<void>;
  /** Whether all tabs see what one writes, so that an empty storage means that another tab ended the session. */
  readonly shared?: boolean;
}

/** What one tab tells the others: it has a new token, it ended the session, or it found that the session was lost. */
export type News = "changed" | "ended" | "lost";

/** The browser's storage; where it is blocked or absent, and for `memory`, the session ends with the page. */
export function browserStorage(kind: "localStorage" | "memory", key: string): TokenStorage {
  try {
    if (kind === "localStorage") {
      const { localStorage } = globalThis;
      localStorage.getItem(key);
      return {
        load: () => localStorage.getItem(key),
        save: text => localStorage.setItem(key, text),
        clear: () => localStorage.removeItem(key),
        shared: true,
      };
    }
  } catch {
    // Blocked by the user or by the frame that the page is in.
  }
  return { load: () => null, save() {}, clear() {} };
}

/** Whether this is a browser, where there may be other tabs. Node has none, and a channel would keep it running. */
const inBrowser = globalThis.self?.BroadcastChannel;

/**
 * The other tabs of the same origin and client. What they tell each other holds no token: each looks into the storage.
 *
 * @param leave called when the page is hidden, perhaps for ever
 */
export function otherTabs(name: string, hear: (news: News, session?: string) => void, leave: () => void) {
  let channel: BroadcastChannel | undefined;
  const open = () => {
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => hear(data[0], data[1]);
  };
  if (inBrowser) {
    open();
    // Why there is no token any more only the channel tells, and the storage may be quicker.
    addEventListener("storage", event => event.key === name && event.newValue && hear("changed"));
    // A page in the back/forward cache hears nothing, and with an open channel it might not get there.
    addEventListener("pagehide", () => {
      leave();
      channel?.close();
      channel = undefined;
    });
    addEventListener("pageshow", event => {
      if (event.persisted) {
        open();
        hear("changed");
      }
    });
  }

  return {
    tell: (news: News, session?: string) => channel?.postMessage([news, session]),

    /**
     * Does work while no other tab does any of this name; false if one does, and `wait` is 0 milliseconds. A frozen tab
     * keeps its lock for as long as it is frozen, so the wait is limited, and goes on for a second lock: all who gave
     * up on the frozen tab come one after the other. Where there are no locks the server's grace must do.
     */
    async alone(work: () => Promise<void>, name: string, wait: number, spare = 1): Promise<boolean> {
      let begun = false;
      if (inBrowser && navigator.locks) {
        const options = wait ? { signal: AbortSignal.timeout(wait) } : { ifAvailable: true };
        try {
          return await new Promise<boolean>((done, fail) => {
            const inside = async (lock: Lock | null) => {
              begun = true;
              if (lock) await work();
              done(!!lock);
              // What this tab wrote may reach others later than the lock does.
              if (lock) await new Promise(settled => setTimeout(settled, 250));
            };
            navigator.locks.request(`${name} ${spare}`, options, inside).catch(fail);
          });
        } catch (failure) {
          if (begun) throw failure;
          // Nobody let go of the lock, or the browser has none for this page.
          if (wait && spare) return this.alone(work, name, wait, 0);
        }
      }
      await work();
      return true;
    },
  };
}
