import { KintoError } from "@kinto/client";
import { useKinto } from "@kinto/client/react";
import { useState } from "react";
import { reason } from "./kinto";

const CALLS = ["auth/me", "articles/articles/last", "articles/articles/1"];

interface Outcome {
  path: string;
  body?: string;
  error?: unknown;
}

/** Calls to try, and how a refused one looks. */
export function Calls() {
  const kinto = useKinto();
  const [outcome, setOutcome] = useState<Outcome>();

  async function call(path: string) {
    try {
      const response = await kinto.fetch(path);
      const error = await KintoError.from(response);
      setOutcome({ path, error, body: await response.text() });
    } catch (error) {
      setOutcome({ path, error });
    }
  }

  return (
    <section aria-labelledby="calls">
      <h2 id="calls">Try a call</h2>
      <div className="calls">
        {CALLS.map(path => (
          <button key={path} className="quiet" onClick={() => call(path)}>
            <span>GET</span> /{path}
          </button>
        ))}
      </div>
      <div role="status">{outcome && (outcome.error ? <Refusal {...outcome} /> : <Answer {...outcome} />)}</div>
    </section>
  );
}

function Answer({ path, body }: Outcome) {
  return (
    <div className="outcome good">
      <h3>/{path} answers</h3>
      <pre>{body}</pre>
    </div>
  );
}

function Refusal({ path, error }: Outcome) {
  const { code, fields, requestId } = error instanceof KintoError ? error : {};
  if (!fields?.length) return <p className="outcome bad">{reason(error)}</p>;
  return (
    <div className="outcome bad">
      <h3>{code}</h3>
      <p>/{path} needs what the session lacks. The gateway did not call its microservice.</p>
      <ul className="missing">
        {fields.map(({ field, providers }) => (
          <li key={field}>
            <code>{field}</code>
            <span>
              set by <code>{providers.join(", ")}</code>
            </span>
          </li>
        ))}
      </ul>
      <p className="hint">Request {requestId}</p>
    </div>
  );
}
