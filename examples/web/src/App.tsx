import { useKinto } from "@kinto/client/react";
import { useRef } from "react";
import { Articles } from "./Articles";
import { Calls } from "./Calls";
import { Holdings } from "./Holdings";
import { Login } from "./Login";
import { useFields } from "./useFields";

export function App() {
  const kinto = useKinto();
  const [fields, changed] = useFields();
  const user = fields["auth-username"];
  // What was pressed goes away, and the keyboard would be nowhere.
  const main = useRef<HTMLElement>(null);
  const afterwards = (work: () => unknown) => () => {
    main.current?.focus();
    work();
  };

  // Also where the gateway does not hear of it, the session is forgotten here.
  const logOut = () => kinto.endSession().catch(() => {});

  return (
    <>
      <header className="masthead">
        <h1>The Nimbus</h1>
        {window.top === window && (
          <a className="quiet" href="./tabs.html">
            Two tabs side by side
          </a>
        )}
        {user && (
          <button className="quiet" onClick={afterwards(logOut)}>
            Log out everywhere
          </button>
        )}
      </header>
      <main ref={main} tabIndex={-1}>
        {user ? <Articles user={user} onPublished={changed} /> : <Login onLogin={afterwards(changed)} />}
        <div className="notes">
          <Holdings fields={fields} />
          <Calls />
        </div>
      </main>
    </>
  );
}
