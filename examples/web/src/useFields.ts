import { ensureOk } from "@kinto/client";
import { useKinto, useSession } from "@kinto/client/react";
import { useEffect, useState } from "react";

/** What the session holds, of what the microservice "web" declares to read. */
export interface Fields {
  "auth-userId"?: string;
  "auth-username"?: string;
  "articles-lastId"?: string;
}

const news = new BroadcastChannel("nimbus");

/** The fields of the session, and what to call when a call may have changed them: other tabs are told as well. */
export function useFields(): [Fields, () => void] {
  const kinto = useKinto();
  const status = useSession();
  const isOver = status === "lost" || status === "ended";
  const [version, setVersion] = useState(0);
  const [fields, setFields] = useState<Fields>({});

  useEffect(() => {
    const next = () => setVersion(one => one + 1);
    news.addEventListener("message", next);
    return () => news.removeEventListener("message", next);
  }, []);

  useEffect(() => {
    if (isOver) return setFields({});
    const abort = new AbortController();
    kinto
      .fetch("web/session", { signal: abort.signal })
      .then(ensureOk)
      .then(async response => setFields(await response.json()))
      .catch(() => {}); // Aborted, or the next call says what is wrong.
    return () => abort.abort();
  }, [kinto, isOver, version]);

  const changed = () => {
    setVersion(one => one + 1);
    news.postMessage("changed");
  };
  return [fields, changed];
}
