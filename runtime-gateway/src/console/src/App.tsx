import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Refused } from "./api";
import { Login } from "./Login";
import { address, useLocation } from "./location";
import { onLoggedOut } from "./poll";
import { PAGES } from "./pages";

/** Who is logged in: nobody knows yet, nobody, or the id of a secret. */
type Operator = undefined | null | string;

export function App() {
  const [operator, setOperator] = useState<Operator>(undefined);
  const [remark, setRemark] = useState("");

  useEffect(() => {
    onLoggedOut(() => {
      setOperator(before => {
        if (before) setRemark("Your session has ended. Log in again.");
        return null;
      });
    });
    ask<{ operator: string }>("session", { byItself: true }).then(
      found => setOperator(found.operator),
      e => {
        if (e instanceof Refused && e.problem.code !== "operator-invalid") setRemark(e.message);
        setOperator(null);
      },
    );
  }, []);

  if (operator === undefined) return null;
  if (operator === null) {
    return (
      <Login
        remark={remark}
        done={found => {
          setRemark("");
          setOperator(found);
        }}
      />
    );
  }
  return <Shell operator={operator} loggedOut={() => setOperator(null)} />;
}

function Shell({ operator, loggedOut }: { operator: string; loggedOut: () => void }) {
  const at = useLocation();
  const page = PAGES.find(each => each.id === at.page) ?? PAGES[0]!;
  const main = useRef<HTMLElement>(null);
  const before = useRef(page.id);

  useEffect(() => {
    document.title = `${page.title} · Kinto console`;
    // Whoever hears the page is told of another one; the first one is read from its beginning.
    if (before.current !== page.id) main.current?.focus();
    before.current = page.id;
  }, [page]);

  const logOut = async () => {
    await ask("session", { method: "DELETE" }).catch(() => undefined);
    loggedOut();
  };

  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={e => (e.preventDefault(), main.current?.focus())}>
        To the page
      </a>
      <header class="side">
        <p class="brand">
          <Mark />
          <span>
            Kinto <b>console</b>
          </span>
        </p>
        <nav aria-label="Pages">
          <ul>
            {PAGES.map(each => (
              <li key={each.id}>
                <a href={address(each.id)} aria-current={each === page ? "page" : undefined}>
                  <svg viewBox="0 0 20 20" aria-hidden="true">
                    <path d={each.icon} />
                  </svg>
                  {each.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who">
          <p>
            <span class="quiet">Gateway</span>
            <span title={location.host}>{location.host}</span>
          </p>
          <p>
            <span class="quiet">Secret</span>
            <code>{operator}</code>
          </p>
          <button type="button" class="plain" onClick={logOut}>
            Log out
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <page.View key={page.id} at={at} />
      </main>
    </div>
  );
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M10 7v18M22 7 11 16l11 9" />
    </svg>
  );
}
