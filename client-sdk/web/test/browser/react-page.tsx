import { Suspense, StrictMode, use, useState } from "react";
import { ensureOk, type KintoClient } from "@kinto/client";
import { KintoProvider, useKinto, useSession } from "@kinto/client/react";

/** A page that the server may have rendered, which then gives the user that it found; else the page asks. */
export function App({ kinto, user }: { kinto: KintoClient; user?: string | Promise<string> }) {
  return (
    <StrictMode>
      <KintoProvider client={kinto}>
        <Status />
        <Suspense fallback={<p id="user">…</p>}>
          <User known={user} />
        </Suspense>
      </KintoProvider>
    </StrictMode>
  );
}

function Status() {
  const status = useSession();
  const kinto = useKinto();
  return <button onClick={() => kinto.endSession()}>{status}</button>;
}

const asked = new WeakMap<KintoClient, Promise<string>>();

function User({ known }: { known?: string | Promise<string> }) {
  const kinto = useKinto();
  const status = useSession();
  const [first] = useState(status);
  if (!asked.has(kinto)) asked.set(kinto, userOf(kinto));
  const user = typeof known === "string" ? known : use(known ?? asked.get(kinto)!);
  return (
    <p id="user" title={`${first} ${status}`}>
      {user}
    </p>
  );
}

export async function userOf(kinto: KintoClient): Promise<string> {
  return (await kinto.fetch("m/me").then(ensureOk)).text();
}
