import { useMemo, useState } from "preact/hooks";
import { timeColumns } from "../columns";
import type { Environments, Flow, Route, Traffic } from "../api";
import { count, millis, percent, rate } from "../format";
import { address, go, type Location } from "../location";
import { usePoll } from "../poll";
import { matches } from "../rows";
import { Table, type Column } from "../Table";
import { Choice, Detail, Facts, Head, Names, Problem, Search } from "../parts";

export interface Row {
  key: string;
  environment: string;
  service: string;
  called: string;
  route?: Route;
  flow?: Flow;
}

/** All routes of the manifests in force, each with its calls; the gateway's own addresses too. */
export function rowsOf(environments: Environments | undefined, traffic: Traffic | undefined): Row[] {
  const flows = new Map((traffic?.routes ?? []).map(each => [keyOf(each.environment, each.service, each.route), each]));
  const rows: Row[] = [];
  for (const environment of environments?.environments ?? []) {
    for (const service of environment.services) {
      for (const route of service.routes) {
        const called = `${route.method} /${service.name}${route.path}`;
        const key = keyOf(environment.name, service.name, called);
        rows.push({
          key,
          environment: environment.name,
          service: service.name,
          called,
          route,
          flow: flows.get(key)?.flow,
        });
        flows.delete(key);
      }
    }
  }
  for (const [key, { environment, service, route, flow }] of flows) {
    rows.push({ key, environment, service, called: route, flow });
  }
  return rows;
}

const keyOf = (environment: string, service: string, called: string) => `${environment} ${service} ${called}`;

const errors = (flow?: Flow) => flow && flow.clientErrorsPerSecond + flow.serverErrorsPerSecond;

const COLUMNS: Column<Row>[] = [
  {
    id: "called",
    title: "Route",
    width: "3fr",
    cell: row => <code title={row.called}>{row.called}</code>,
    value: row => row.called,
  },
  {
    id: "environment",
    title: "Environment",
    width: "1fr",
    cell: row => row.environment,
    value: row => row.environment,
  },
  {
    id: "reads",
    title: "Reads",
    width: "2fr",
    cell: row => row.route && <Names names={row.route.reads.map(each => each.field + (each.required ? "" : "?"))} />,
    value: row => row.route?.reads.length,
  },
  {
    id: "writes",
    title: "Writes",
    width: "1.6fr",
    cell: row => row.route && <Names names={row.route.writes} tone="good" />,
    value: row => row.route?.writes.length,
  },
  {
    id: "rate",
    title: "Calls",
    width: "5.4rem",
    numeric: true,
    cell: row => (row.flow ? `${rate(row.flow.perSecond)}/s` : <span class="quiet">–</span>),
    value: row => row.flow?.perSecond ?? -1,
  },
  {
    id: "errors",
    title: "Errors",
    width: "4.6rem",
    numeric: true,
    cell: row => row.flow && percent(errors(row.flow)!, row.flow.perSecond),
    value: row => (row.flow ? errors(row.flow)! / (row.flow.perSecond || 1) : -1),
  },
  ...timeColumns<Row>("p50", "p95", "p99"),
];

const SHOWN = ["all", "called", "failing", "public"];

/** Routes with their contracts, and how they do. */
export function Routes({ at }: { at: Location }) {
  const environments = usePoll<Environments>("environments", 15);
  const traffic = usePoll<Traffic>("traffic", 5);
  const [filter, setFilter] = useState("");
  const [which, setWhich] = useState("all");

  const all = useMemo(() => rowsOf(environments.data, traffic.data), [environments.data, traffic.data]);
  const rows = useMemo(
    () =>
      all.filter(
        row =>
          (which === "all" ||
            (which === "called" && row.flow) ||
            (which === "failing" && (errors(row.flow) ?? 0) > 0) ||
            (which === "public" && row.route?.isPublic)) &&
          matches(filter, [
            row.called,
            row.environment,
            row.route?.title,
            ...(row.route?.reads.map(each => each.field) ?? []),
            ...(row.route?.writes ?? []),
          ]),
      ),
    [all, filter, which],
  );
  const selected = all.find(row => row.key === at.id);

  return (
    <>
      <Head title="Routes" polled={traffic}>
        <Search label="Filter" value={filter} change={setFilter} />
        <Choice label="Show" value={which} options={SHOWN} choose={setWhich} />
      </Head>
      <Problem text={environments.problem ?? traffic.problem} />
      <p class="quiet" role="status">
        {count(rows.length)} of {count(all.length)} routes
      </p>
      <div class={`split ${selected ? "open" : ""}`}>
        <section class="card fill">
          <Table
            label="Routes"
            columns={COLUMNS}
            rows={rows}
            rowKey={row => row.key}
            order={{ by: "rate", descending: true }}
            selected={at.id}
            open={row => go(address("routes", row.key))}
            openLabel={row => `${row.called}: contract and calls`}
            tone={row => ((row.flow?.serverErrorsPerSecond ?? 0) > 0 ? "tone-bad" : undefined)}
            empty={environments.data ? "No route is like this." : "…"}
          />
        </section>
        {selected && <One row={selected} />}
      </div>
    </>
  );
}

function One({ row }: { row: Row }) {
  const { route, flow } = row;
  return (
    <Detail title={<code>{row.called}</code>} label={`Route ${row.called}`} close={() => go(address("routes"))}>
      {route?.title && <p>{route.title}</p>}
      <Facts
        facts={[
          ["Name", route?.name],
          ["Environment", row.environment],
          ["Microservice", row.service],
          ["Listeners", route && (route.isPublic ? "api and public" : "api")],
          ["New token", route?.rotatesToken && "its success gives the session a new one"],
          ["Configuration", route?.config.length ? <Names names={route.config} /> : undefined],
        ]}
      />
      {route && (
        <>
          <h3>Reads from the session</h3>
          <ul class="plain-list">
            {route.reads.map(each => (
              <li key={each.field}>
                <code class="tag">{each.field}</code> {each.required ? "required" : "if it is there"}
              </li>
            ))}
            {route.reads.length === 0 && <li class="quiet">nothing</li>}
          </ul>
          <h3>Writes to the session</h3>
          {route.writes.length ? <Names names={route.writes} tone="good" /> : <p class="quiet">nothing</p>}
        </>
      )}
      <h3>Calls</h3>
      {flow ? (
        <Facts
          facts={[
            ["Since the start", count(flow.calls)],
            ["4xx", `${count(flow.clientErrors)} (${percent(flow.clientErrors, flow.calls)})`],
            ["5xx", `${count(flow.serverErrors)} (${percent(flow.serverErrors, flow.calls)})`],
            ["Last minute", `${rate(flow.perSecond)}/s`],
            ["Times", `50 %: ${millis(flow.p50)}, 95 %: ${millis(flow.p95)}, 99 %: ${millis(flow.p99)}`],
          ]}
        />
      ) : (
        <p class="quiet">Not called since the gateway started.</p>
      )}
      <p class="links">
        <a href={address("requests", undefined, { route: row.called })}>Its last requests</a>
      </p>
    </Detail>
  );
}
