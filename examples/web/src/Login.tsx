import { ensureOk } from "@kinto/client";
import { useKinto, useSession } from "@kinto/client/react";
import { useActionState } from "react";
import { json, reason } from "./kinto";

/** Why somebody has to log in again. */
const FAREWELL = {
  none: "",
  active: "",
  ended: "You are logged out, in all tabs.",
  lost: "Your session is over. Please log in again.",
};

export function Login({ onLogin }: { onLogin: () => void }) {
  const kinto = useKinto();
  const status = useSession();
  const [{ name, problem }, logIn, isBusy] = useActionState(
    async (_: unknown, form: FormData) => {
      const name = String(form.get("username"));
      try {
        // If the session is lost meanwhile, nothing is lost: a login may begin another one.
        const call = { ...json(Object.fromEntries(form)), repeatAfterSessionLost: true };
        const response = await kinto.fetch("auth/login", call);
        if (response.status === 401) return { name, problem: "No user has this name and password." };
        await ensureOk(response);
        onLogin();
        return { name };
      } catch (error) {
        return { name, problem: reason(error) };
      }
    },
    { name: "Ada" },
  );

  return (
    <section aria-labelledby="login">
      <h2 id="login">Log in to read and write</h2>
      <p className="farewell" role="status">
        {FAREWELL[status]}
      </p>
      <p className="lede">
        Articles are for those who say who they are. Until then the gateway refuses every call that needs to know: try
        one.
      </p>
      <form className="login" action={logIn}>
        <label>
          Name
          <input name="username" autoComplete="username" defaultValue={name} required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button disabled={isBusy}>Log in</button>
        <p className="problem" role="alert">
          {problem}
        </p>
      </form>
      <p className="hint">
        The examples know Ada (password <kbd>lovelace</kbd>), Zoë (<kbd>zoe</kbd>) and KintoUser (<kbd>secret</kbd>).
      </p>
    </section>
  );
}
