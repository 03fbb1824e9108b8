import {
  createContext,
  createElement,
  useContext,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from "react";
import type { KintoClient, Status } from "./index.js";

const Client = createContext<KintoClient | undefined>(undefined);

/** Gives a client, which was made outside of components, to those in it. */
export function KintoProvider(props: { client: KintoClient; children?: ReactNode }): ReactElement {
  return createElement(Client.Provider, { value: props.client }, props.children);
}

/** The client of the provider around. */
export function useKinto(): KintoClient {
  const client = useContext(Client);
  if (!client) throw new Error("useKinto and useSession need <KintoProvider client={createClient(…)}> around them");
  return client;
}

/** Whether there is a session, as far as this tab knows; on the server, and while hydrating, `none`. */
export function useSession(): Status {
  const kinto = useKinto();
  return useSyncExternalStore(
    kinto.subscribe,
    () => kinto.status,
    () => "none",
  );
}
