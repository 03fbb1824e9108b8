import type { Fields } from "./useFields";

const NAMES = ["auth-userId", "auth-username", "articles-lastId"] as const;

/** What the session holds, as a microservice tells it. */
export function Holdings({ fields }: { fields: Fields }) {
  return (
    <section aria-labelledby="holdings">
      <h2 id="holdings">What the session holds</h2>
      <dl className="fields">
        {NAMES.map(name => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fields[name] ?? <i>not set</i>}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        Told by the microservice <code>web</code>, which declares to read these three. The gateway keeps them; this page
        can neither set nor forge them.
      </p>
    </section>
  );
}
