import { ensureOk } from "@kinto/client";
import { useKinto } from "@kinto/client/react";
import { useActionState, useEffect, useState } from "react";
import { json, reason } from "./kinto";

interface Article {
  id: number;
  title: string;
  author: string;
}

/** All articles, the newest first, and whether new ones will come: one event stream brings both. */
function useArticles(): [Article[], boolean] {
  const kinto = useKinto();
  const [articles, setArticles] = useState<Article[]>([]);
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const stream = kinto.eventSource("articles/articles/events");
    stream.onopen = () => setLive(true);
    stream.onerror = () => setLive(false); // It comes again by itself, behind the last event.
    stream.onmessage = ({ data }) => setArticles(old => [JSON.parse(data), ...old]);
    return () => {
      stream.close();
      setArticles([]);
    };
  }, [kinto]);
  return [articles, isLive];
}

export function Articles({ user, onPublished }: { user: string; onPublished: () => void }) {
  const kinto = useKinto();
  const [articles, isLive] = useArticles();
  const [{ draft, problem }, publish, isBusy] = useActionState(
    async (_: unknown, form: FormData) => {
      try {
        await kinto.fetch("articles/articles", json(Object.fromEntries(form))).then(ensureOk);
        onPublished();
        return { draft: "" };
      } catch (error) {
        return { draft: String(form.get("title")), problem: reason(error) };
      }
    },
    { draft: "" },
  );

  return (
    <section aria-labelledby="articles">
      <h2 id="articles">
        Articles <small className={isLive ? "live" : "waiting"}>{isLive ? "live" : "connecting"}</small>
      </h2>
      <form className="publish" action={publish}>
        <label>
          <span>A headline by {user}</span>
          <input name="title" autoComplete="off" defaultValue={draft} required maxLength={120} />
        </label>
        <button disabled={isBusy}>Publish</button>
        <p className="problem" role="alert">
          {problem}
        </p>
      </form>
      <div aria-live="polite">
        <ol className="articles" reversed>
          {articles.map(({ id, title, author }) => (
            <li key={id}>
              <h3>{title}</h3>
              <p>
                by {author} <span>No. {id}</span>
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
