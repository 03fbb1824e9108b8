// What the admin API answers; GET /api/openapi.json describes all of it.

export interface Environments {
  environments: Environment[];
}
export interface Environment {
  name: string;
  services: Service[];
  clients: Client[];
}
export interface Client {
  id: string;
  allowedOrigins: string[];
  cookie: boolean;
}
export interface Service {
  name: string;
  ready: boolean;
  manifestSource: string;
  manifestDigest?: string;
  healthCheck?: string;
  upstreams: Upstream[];
  routes: Route[];
}
export interface Upstream {
  name: string;
  origin: string;
  address?: string;
  state: "UP" | "DOWN" | "UNKNOWN";
  healthy?: boolean;
  inFlight: number;
  webSockets: number;
  lastFailure?: { at: string; reason: string };
}
export interface Route {
  name: string;
  method: string;
  path: string;
  title?: string;
  isPublic: boolean;
  rotatesToken: boolean;
  reads: { field: string; required: boolean }[];
  writes: string[];
  config: string[];
}

export interface Graph {
  environments: EnvironmentGraph[];
}
export interface EnvironmentGraph {
  environment: string;
  services: string[];
  fields: GraphField[];
}
export interface GraphField {
  name: string;
  writer?: string;
  writes: number;
  writesPerSecond: number;
  readers: Reader[];
}
export interface Reader {
  service: string;
  required: boolean;
  reads: number;
  readsPerSecond: number;
  missed: number;
  missedPerSecond: number;
  failed: number;
  failedPerSecond: number;
}

export interface Traffic {
  since: string;
  seconds: number;
  all: Flow;
  hour: Past[];
  routes: RouteFlow[];
  upstreams: UpstreamFlow[];
}
/** Counts since the gateway started; rates and times are those of the last minute. */
export interface Flow {
  calls: number;
  clientErrors: number;
  serverErrors: number;
  perSecond: number;
  clientErrorsPerSecond: number;
  serverErrorsPerSecond: number;
  p50?: number;
  p95?: number;
  p99?: number;
}
/** The requests of ten seconds. */
export interface Past {
  at: string;
  calls: number;
  clientErrors: number;
  serverErrors: number;
  p50?: number;
  p95?: number;
}
export interface RouteFlow {
  environment: string;
  service: string;
  route: string;
  flow: Flow;
}
export interface UpstreamFlow {
  environment: string;
  service: string;
  address: string;
  flow: Flow;
}

export interface Requests {
  requests: Request[];
  next?: string;
}
export interface Field {
  name: string;
  value?: string;
  sensitive: boolean;
}
export interface Request {
  requestId: string;
  at: string;
  why: string;
  listener: string;
  address: string;
  client?: string;
  environment?: string;
  session?: string;
  service?: string;
  route?: string;
  method: string;
  path: string;
  injected: Field[];
  config: string[];
  removed: { name: string; owner?: string }[];
  missing: { field: string; providers: string[] }[];
  written: string[];
  undeclared: string[];
  upstream?: string;
  upstreamMillis: number;
  status: number;
  code?: string;
  detail?: string;
  bytes: number;
  millis: number;
}

export interface Sessions {
  sessions: SessionSummary[];
  next?: string;
}
export interface SessionSummary {
  id: string;
  environment: string;
  client: string;
  createdAt: string;
  expiresAt: string;
  fields: string[];
}
export interface Session extends Omit<SessionSummary, "fields"> {
  endsAt: string;
  logins: number;
  fields: Field[];
}
export interface Ended {
  ended: number;
  at: string;
  operator: string;
  requestId: string;
}

export interface Grid {
  mode: string;
  available: boolean;
  memory: string;
  remark: string;
  size?: number;
  sessions: number;
  nodes: GridNode[];
}
export interface GridNode {
  address: string;
  self: boolean;
}

export interface Configuration {
  digest: string;
  inForceSince: string;
  file: string;
  settings: Setting[];
  warnings: string[];
  indexed: string[];
  lastReload?: { at: string; result: "TAKEN" | "REFUSED"; changes: string[]; problems: string[] };
}
export interface Setting {
  key: string;
  value?: string;
  line: number;
}

export interface Problem {
  title: string;
  detail: string;
  code: string;
  status: number;
}

/** What the gateway refused, in its own words. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export interface Options {
  method?: "GET" | "POST" | "DELETE";
  secret?: string;
  /** Asked by the page itself, which keeps nobody logged in. */
  byItself?: boolean;
  signal?: AbortSignal;
}

/** Asks the gateway; `path` is below /console/. */
export async function ask<T>(path: string, { method = "GET", secret, byItself, signal }: Options = {}): Promise<T> {
  const headers: Record<string, string> = {};
  if (secret !== undefined) headers.Authorization = `Bearer ${secret}`;
  if (byItself) headers["Kinto-Console-Refresh"] = "1";
  let response: Response;
  try {
    response = await fetch(path, { method, headers, signal, cache: "no-store" });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Refused({ title: "", detail: "The gateway cannot be reached.", code: "unreachable", status: 0 });
  }
  const body = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new Refused(
      body ?? { title: "", detail: `The gateway answered ${response.status}.`, code: "", status: response.status },
    );
  }
  return body as T;
}

/** A query of those parameters that have a value. */
export function query(parameters: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.size ? `?${search}` : "";
}
