import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, Refused } from "./api";

export interface Polled<T> {
  data?: T;
  /** Why the last attempt failed; what is shown is older then. */
  problem?: string;
  again: () => void;
}

let loggedOut = () => {};

/** What is to happen when the gateway does not know the operator any more. */
export function onLoggedOut(callback: () => void): void {
  loggedOut = callback;
}

/** Has whoever is asked know that nobody is logged in any more. */
export function noticed(e: unknown): string {
  if (e instanceof Refused && (e.problem.code === "operator-invalid" || e.problem.code === "admin-disabled")) {
    loggedOut();
  }
  return e instanceof Error ? e.message : String(e);
}

/** Asks again every few seconds while the page is seen; one question at a time. */
export function usePoll<T>(path: string | undefined, seconds: number): Polled<T> {
  const [state, setState] = useState<{ path?: string; data?: T; problem?: string }>({});
  const [count, setCount] = useState(0);
  const first = useRef<string>(undefined);

  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    let timer = 0;
    const go = async () => {
      if (!document.hidden) {
        try {
          const byItself = first.current === path;
          first.current = path;
          const data = await ask<T>(`api/${path}`, { byItself, signal: abort.signal });
          setState({ path, data });
        } catch (e) {
          if (abort.signal.aborted) return;
          const problem = noticed(e);
          setState(before => ({ path, data: before.path === path ? before.data : undefined, problem }));
        }
      }
      if (!abort.signal.aborted && seconds > 0) timer = window.setTimeout(go, seconds * 1000);
    };
    const seen = () => {
      if (!document.hidden) {
        clearTimeout(timer);
        void go();
      }
    };
    document.addEventListener("visibilitychange", seen);
    void go();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [path, seconds, count]);

  const again = useCallback(() => setCount(n => n + 1), []);
  return state.path === path ? { data: state.data, problem: state.problem, again } : { again };
}
