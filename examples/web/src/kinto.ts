import { createClient, KintoError } from "@kinto/client";

/** One client for the page. All tabs share its session. */
export const kinto = createClient({
  baseUrl: import.meta.env.VITE_API_URL,
  clientId: import.meta.env.VITE_CLIENT_ID,
  // Says which application this is. Who opens the page has it, so no right rests on it.
  clientSecret: import.meta.env.VITE_CLIENT_SECRET,
});

/** What a call sends as JSON. */
export const json = (body: object): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** Why a call failed, for people. */
export function reason(error: unknown): string {
  if (error instanceof KintoError && error.status) return error.message;
  return "The gateway cannot be reached. Please try again.";
}
