import { useKinto } from "@kinto/client/react";
import { Articles } from "./Articles";
import { Calls } from "./Calls";
import { Holdings } from "./Holdings";
import { Login } from "./Login";
import { useFields } from "./useFields";

export function App() {
  const kinto = useKinto();
  const [fields, changed] = useFields();
  const user = fields["auth-username"];
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
          <button className="quiet" onClick={() => kinto.endSession()}>
            Log out everywhere
          </button>
        )}
      </header>
      <main>
        {user ? <Articles user={user} onPublished={changed} /> : <Login onLogin={changed} />}
        <div className="notes">
          <Holdings fields={fields} />
          <Calls />
        </div>
      </main>
    </>
  );
}
