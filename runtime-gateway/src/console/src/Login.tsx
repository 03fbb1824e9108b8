import { useState } from "preact/hooks";
import { ask } from "./api";
import { Mark } from "./App";

/** Asks for an operator's secret. It is sent once, and kept nowhere. */
export function Login({ remark, done }: { remark: string; done: (operator: string) => void }) {
  const [problem, setProblem] = useState(remark);
  const [busy, setBusy] = useState(false);

  const logIn = async (e: SubmitEvent) => {
    e.preventDefault();
    const form = e.currentTarget as HTMLFormElement;
    const secret = String(new FormData(form).get("secret")).trim();
    setBusy(true);
    try {
      const { operator } = await ask<{ operator: string }>("session", { method: "POST", secret });
      form.reset();
      done(operator);
    } catch (refused) {
      setProblem(refused instanceof Error ? refused.message : String(refused));
      setBusy(false);
    }
  };

  return (
    <main class="login">
      <form onSubmit={logIn} method="post">
        <p class="brand">
          <Mark />
          <span>
            Kinto <b>console</b>
          </span>
        </p>
        <h1>Log in</h1>
        <input name="username" autocomplete="username" value="operator" hidden readonly />
        <label for="secret">An operator's secret</label>
        <input id="secret" name="secret" type="password" autocomplete="current-password" required autofocus />
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" disabled={busy}>
          Log in
        </button>
        <p class="quiet">
          <code>kinto-gateway.jar admin new</code> prints one, with the lines for the configuration. It is not kept in
          this browser; the log-in ends after 30 minutes without use.
        </p>
      </form>
    </main>
  );
}
