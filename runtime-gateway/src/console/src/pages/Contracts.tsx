import { useMemo, useState } from "preact/hooks";
import type { EnvironmentGraph, Graph as Answer, GraphField, Traffic } from "../api";
import { Chart } from "../Chart";
import { count, millis, percent, rate } from "../format";
import { Graph } from "../graph/Graph";
import { picture } from "../graph/model";
import { usePoll } from "../poll";
import { Table, type Column } from "../Table";
import { Choice, Head, Problem, Stat } from "../parts";

/** The contracts live: who sets which session field, who reads it, how often, and what has no producer. */
export function Contracts() {
  const graph = usePoll<Answer>("graph", 5);
  const traffic = usePoll<Traffic>("traffic", 5);
  const [environment, setEnvironment] = useState<string>();
  const [selected, select] = useState<string>();
  const environments = graph.data?.environments ?? [];
  const one = environments.find(each => each.environment === environment) ?? environments[0];
  const orphans = (one?.fields ?? []).filter(each => !each.writer);

  return (
    <>
      <Head title="Contracts" polled={graph}>
        <Choice
          label="Environment"
          value={one?.environment ?? ""}
          options={environments.map(each => each.environment)}
          choose={name => (setEnvironment(name), select(undefined))}
        />
      </Head>
      <Problem text={graph.problem ?? traffic.problem} />
      {traffic.data && <Summary traffic={traffic.data} />}
      {orphans.length > 0 && (
        <p class="remark" role="status">
          <b>No producer:</b> {orphans.map(each => each.name).join(", ")}. No microservice whose manifest is known sets{" "}
          {orphans.length === 1 ? "it" : "them"}; routes that require {orphans.length === 1 ? "it" : "them"} are always
          refused.
        </p>
      )}
      {one && (
        <section class="card picture" aria-label="Picture">
          <Graph picture={picture(one, traffic.data)} selected={selected} select={select} />
          <p class="legend quiet">
            <span class="key required" /> read or set, required <span class="key optional" /> read if it is there{" "}
            <span class="key failing" /> refused for want of it, or answered with 5xx · rates are those of the last
            minute, other numbers since the gateway started
          </p>
        </section>
      )}
      {one && <Fields graph={one} selected={selected} />}
    </>
  );
}

function Summary({ traffic }: { traffic: Traffic }) {
  const { all, hour } = traffic;
  const errors = all.serverErrorsPerSecond;
  return (
    <section class="summary" aria-label="All requests">
      <Stat name="Requests" value={`${rate(all.perSecond)}/s`} note={`${count(all.calls)} since the start`} />
      <Stat
        name="5xx"
        value={percent(errors, all.perSecond)}
        note={`${count(all.serverErrors)} since the start`}
        tone={errors > 0 ? "bad" : undefined}
      />
      <Stat
        name="4xx"
        value={percent(all.clientErrorsPerSecond, all.perSecond)}
        note={`${count(all.clientErrors)} since the start`}
      />
      <Stat name="Median" value={millis(all.p50)} note={`95 %: ${millis(all.p95)} · 99 %: ${millis(all.p99)}`} />
      <Chart label="Requests in a second, over the last hour" past={hour} />
    </section>
  );
}

interface Row {
  key: string;
  field: GraphField;
  reader?: GraphField["readers"][number];
}

const COLUMNS: Column<Row>[] = [
  {
    id: "field",
    title: "Field",
    width: "2fr",
    cell: row => <code>{row.field.name}</code>,
    value: row => row.field.name,
  },
  {
    id: "writer",
    title: "Set by",
    width: "1.4fr",
    cell: row => row.field.writer ?? <span class="tag bad">no producer</span>,
    value: row => row.field.writer ?? "",
  },
  {
    id: "writes",
    title: "Set",
    width: "1fr",
    numeric: true,
    cell: row => `${rate(row.field.writesPerSecond)}/s`,
    value: row => row.field.writesPerSecond,
  },
  {
    id: "reader",
    title: "Read by",
    width: "1.4fr",
    cell: row => row.reader?.service ?? <span class="quiet">nobody</span>,
    value: row => row.reader?.service ?? "",
  },
  {
    id: "required",
    title: "Needs it",
    width: "0.9fr",
    cell: row => (row.reader ? (row.reader.required ? "required" : "optional") : ""),
    value: row => String(row.reader?.required ?? ""),
  },
  {
    id: "reads",
    title: "Read",
    width: "1fr",
    numeric: true,
    cell: row => row.reader && `${rate(row.reader.readsPerSecond)}/s`,
    value: row => row.reader?.readsPerSecond,
  },
  {
    id: "missed",
    title: "Missing",
    width: "1fr",
    numeric: true,
    cell: row => row.reader && count(row.reader.missed),
    value: row => row.reader?.missed,
  },
  {
    id: "failed",
    title: "5xx with it",
    width: "1fr",
    numeric: true,
    cell: row => row.reader && count(row.reader.failed),
    value: row => row.reader?.failed,
  },
];

function Fields({ graph, selected }: { graph: EnvironmentGraph; selected?: string }) {
  const rows = useMemo(() => {
    const all: Row[] = graph.fields.flatMap(field => {
      const key = `${field.writer ?? ""} ${field.name}`;
      return field.readers.length
        ? field.readers.map(reader => ({ key: `${key} ${reader.service}`, field, reader }))
        : [{ key, field }];
    });
    const [kind, ...rest] = selected?.split(":") ?? [];
    const name = rest.at(-1);
    if (!kind) return all;
    return all.filter(row =>
      kind === "s" ? row.field.writer === name || row.reader?.service === name : row.field.name === name,
    );
  }, [graph, selected]);

  return (
    <section class="card fill">
      <h2>
        Fields {selected && <span class="quiet">of {selected.split(":").at(-1)}</span>}{" "}
        <span class="quiet">{rows.length}</span>
      </h2>
      <Table
        label="Session fields, who sets and who reads them"
        columns={COLUMNS}
        rows={rows}
        rowKey={row => row.key}
        tone={row => (row.reader?.missedPerSecond || row.reader?.failedPerSecond ? "tone-bad" : undefined)}
        empty="The manifests that are known name no session field."
      />
    </section>
  );
}
