import { useEffect, useState } from "preact/hooks";

/** A page and what is asked of it: `#/requests/1ec9?status=5xx`. */
export interface Location {
  page: string;
  id?: string;
  query: URLSearchParams;
}

export function parse(hash: string): Location {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page = "", id] = path.split("/", 2);
  return { page, id: id ? safeDecoded(id) : undefined, query: new URLSearchParams(search) };
}

function safeDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function address(page: string, id?: string, query: Record<string, string | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ""}${search.size ? `?${search}` : ""}`;
}

export function go(to: string): void {
  location.hash = to;
}

export function useLocation(): Location {
  const [now, setNow] = useState(() => parse(location.hash));
  useEffect(() => {
    const changed = () => setNow(parse(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return now;
}
