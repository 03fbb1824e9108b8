import { useMemo, useState } from "preact/hooks";
import { timeColumns } from "../columns";
import type { Environments, Flow, Service, Traffic, Upstream } from "../api";
import { ago, count, percent, rate } from "../format";
import { usePoll } from "../poll";
import { matches } from "../rows";
import { Table, type Column } from "../Table";
import { Head, Problem, Search, Stat } from "../parts";

export interface Row {
  key: string;
  environment: string;
  service: Service;
  upstream: Upstream;
  flow?: Flow;
}

export function rowsOf(environments: Environments | undefined, traffic: Traffic | undefined): Row[] {
  const key = (environment: string, service: string, address: string) => `${environment} ${service} ${address}`;
  const flows = new Map(
    (traffic?.upstreams ?? []).map(each => [key(each.environment, each.service, each.address), each.flow]),
  );
  return (environments?.environments ?? []).flatMap(environment =>
    environment.services.flatMap(service =>
      service.upstreams.map(upstream => {
        const id = key(environment.name, service.name, upstream.name);
        return { key: id, environment: environment.name, service, upstream, flow: flows.get(id) };
      }),
    ),
  );
}

/** What is to be known of an address in one word. */
export function state({ service, upstream }: Row): { text: string; tone: string } {
  if (!service.ready) return { text: "no manifest", tone: "bad" };
  if (upstream.healthy === false) return { text: "fails its check", tone: "bad" };
  if (upstream.state === "DOWN") return { text: "set aside", tone: "bad" };
  return upstream.state === "UP" ? { text: "in use", tone: "good" } : { text: "not looked up", tone: "warn" };
}

const COLUMNS: Column<Row>[] = [
  {
    id: "service",
    title: "Microservice",
    width: "1.4fr",
    cell: row => (
      <>
        <b>{row.service.name}</b> <span class="quiet">{row.environment}</span>
      </>
    ),
    value: row => `${row.environment} ${row.service.name}`,
  },
  {
    id: "address",
    title: "Address",
    width: "2.2fr",
    cell: row => <code title={row.upstream.origin}>{row.upstream.name}</code>,
    value: row => row.upstream.name,
  },
  {
    id: "state",
    title: "State",
    width: "1.1fr",
    cell: row => <span class={`tag ${state(row).tone}`}>{state(row).text}</span>,
    value: row => state(row).text,
  },
  {
    id: "check",
    title: "Health check",
    width: "1.3fr",
    cell: row =>
      row.service.healthCheck ? <code>GET {row.service.healthCheck}</code> : <span class="quiet">none</span>,
    value: row => row.service.healthCheck ?? "",
  },
  {
    id: "inFlight",
    title: "Requests",
    width: "5rem",
    numeric: true,
    cell: row => count(row.upstream.inFlight),
    value: row => row.upstream.inFlight,
  },
  {
    id: "webSockets",
    title: "WebSockets",
    width: "6.8rem",
    numeric: true,
    cell: row => count(row.upstream.webSockets),
    value: row => row.upstream.webSockets,
  },
  {
    id: "rate",
    title: "Calls",
    width: "5rem",
    numeric: true,
    cell: row => (row.flow ? `${rate(row.flow.perSecond)}/s` : "–"),
    value: row => row.flow?.perSecond,
  },
  {
    id: "errors",
    title: "5xx",
    width: "4rem",
    numeric: true,
    cell: row => row.flow && percent(row.flow.serverErrorsPerSecond, row.flow.perSecond),
    value: row => row.flow?.serverErrorsPerSecond,
  },
  ...timeColumns<Row>("p50", "p95"),
  {
    id: "failure",
    title: "Last failure",
    width: "2fr",
    cell: row =>
      row.upstream.lastFailure && (
        <span title={row.upstream.lastFailure.reason}>
          {ago(row.upstream.lastFailure.at)}: {row.upstream.lastFailure.reason}
        </span>
      ),
    value: row => row.upstream.lastFailure?.at,
  },
];

/** Where microservices run, and which addresses are called. */
export function Upstreams() {
  const environments = usePoll<Environments>("environments", 5);
  const traffic = usePoll<Traffic>("traffic", 5);
  const [filter, setFilter] = useState("");
  const all = useMemo(() => rowsOf(environments.data, traffic.data), [environments.data, traffic.data]);
  const rows = all.filter(row =>
    matches(filter, [row.environment, row.service.name, row.upstream.name, state(row).text]),
  );
  const tones = all.map(row => state(row).tone);
  const down = tones.filter(tone => tone === "bad").length;

  return (
    <>
      <Head title="Upstreams" polled={environments}>
        <Search label="Filter" value={filter} change={setFilter} />
      </Head>
      <Problem text={environments.problem ?? traffic.problem} />
      {environments.data && (
        <section class="summary few" aria-label="Addresses">
          <Stat
            name="In use"
            value={count(tones.filter(tone => tone === "good").length)}
            note={`of ${count(all.length)} addresses`}
          />
          <Stat
            name="Not called"
            value={count(down)}
            tone={down ? "bad" : undefined}
            note="set aside, failing, or without a manifest"
          />
          <Stat name="Requests at the moment" value={count(all.reduce((sum, row) => sum + row.upstream.inFlight, 0))} />
          <div
            class="stat tiles"
            role="img"
            aria-label={`${tones.length - down} of ${tones.length} addresses are well`}
          >
            {all.slice(0, 240).map(row => (
              <i
                key={row.key}
                class={state(row).tone}
                title={`${row.service.name}: ${row.upstream.name}, ${state(row).text}`}
              />
            ))}
          </div>
        </section>
      )}
      <section class="card fill">
        <Table
          label="Addresses of microservices"
          columns={COLUMNS}
          rows={rows}
          rowKey={row => row.key}
          tone={row => (state(row).tone === "bad" ? "tone-bad" : undefined)}
          empty={environments.data ? "No address is like this." : "…"}
        />
      </section>
    </>
  );
}
