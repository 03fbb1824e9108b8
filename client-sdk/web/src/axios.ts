import type { KintoClient } from "./index.js";

/**
 * What `axios.create` needs to call through a client (axios 1.12 or newer).
 *
 * @example
 * const http = axios.create(throughKinto(kinto));
 */
export function throughKinto(kinto: KintoClient) {
  return { adapter: "fetch" as const, baseURL: kinto.baseUrl.href, env: { fetch: kinto.fetch as typeof fetch } };
}
