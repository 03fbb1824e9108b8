import { expect, test } from "vitest";
import type { Environments, Flow, Service, Traffic } from "../src/api";
import { rowsOf as routeRows } from "../src/pages/Routes";
import { described } from "../src/pages/Sessions";
import { rowsOf as upstreamRows, state } from "../src/pages/Upstreams";

const flow = { calls: 3 } as Flow;
const upstream = { name: "http://a:1", origin: "http://a:1", state: "UP" as const, inFlight: 0, webSockets: 0 };
const service: Service = {
  name: "articles",
  ready: true,
  manifestSource: "",
  upstreams: [upstream],
  routes: [
    {
      name: "one",
      method: "GET",
      path: "/{id}",
      isPublic: false,
      rotatesToken: false,
      reads: [],
      writes: [],
      config: [],
    },
  ],
};
const environments: Environments = { environments: [{ name: "demo", services: [service], clients: [] }] };
const traffic = {
  routes: [
    { environment: "demo", service: "articles", route: "GET /articles/{id}", flow },
    { environment: "", service: "", route: "POST /auth", flow },
  ],
  upstreams: [{ environment: "demo", service: "articles", address: "http://a:1", flow }],
} as unknown as Traffic;

test("routes have their calls, and the gateway's own addresses are among them", () => {
  const rows = routeRows(environments, traffic);
  expect(rows.map(row => [row.called, row.flow?.calls, Boolean(row.route)])).toEqual([
    ["GET /articles/{id}", 3, true],
    ["POST /auth", 3, false],
  ]);
  expect(routeRows(environments, undefined)[0]!.flow).toBeUndefined();
});

test("an upstream says in a word how it is", () => {
  const [row] = upstreamRows(environments, traffic);
  expect(row!.flow).toBe(flow);
  expect(state(row!)).toEqual({ text: "in use", tone: "good" });
  expect(state({ ...row!, upstream: { ...upstream, state: "DOWN" } }).text).toBe("set aside");
  expect(state({ ...row!, upstream: { ...upstream, state: "DOWN", healthy: false } }).text).toBe("fails its check");
  expect(state({ ...row!, service: { ...service, ready: false } }).text).toBe("no manifest");
  expect(state({ ...row!, upstream: { ...upstream, state: "UNKNOWN" } }).tone).toBe("warn");
});

test("what is to be ended is said", () => {
  expect(described({ field: "auth-userId", value: "42", client: "web" })).toBe(
    'all sessions whose auth-userId is "42" of the client web',
  );
});
