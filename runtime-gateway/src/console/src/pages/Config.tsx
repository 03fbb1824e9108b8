import { useState } from "preact/hooks";
import type { Configuration, Setting } from "../api";
import { ago, time } from "../format";
import { usePoll } from "../poll";
import { matches } from "../rows";
import { Table, type Column } from "../Table";
import { Facts, Head, Problem, Search } from "../parts";

const COLUMNS: Column<Setting>[] = [
  { id: "line", title: "Line", width: "3.4rem", numeric: true, cell: row => row.line, value: row => row.line },
  { id: "key", title: "Key", width: "2fr", cell: row => <code title={row.key}>{row.key}</code>, value: row => row.key },
  {
    id: "value",
    title: "Value, as the file has it",
    width: "3fr",
    cell: row =>
      row.value === undefined ? <span class="tag">not shown: secret</span> : <code title={row.value}>{row.value}</code>,
  },
];

/** The configuration in force, and what became of the last reload. */
export function Config() {
  const polled = usePoll<Configuration>("configuration", 5);
  const [filter, setFilter] = useState("");
  const { data } = polled;
  const last = data?.lastReload;
  const rows = (data?.settings ?? []).filter(each => matches(filter, [each.key, each.value]));
  return (
    <>
      <Head title="Configuration" polled={polled}>
        <Search label="Filter" value={filter} change={setFilter} />
      </Head>
      <Problem text={polled.problem} />
      {data && (
        <>
          <section class={`card reload ${last?.result === "REFUSED" ? "refused" : ""}`} aria-label="The last reload">
            <h2>
              {last
                ? last.result === "REFUSED"
                  ? `A reload was refused ${ago(last.at)}; all is as before`
                  : `Reloaded ${ago(last.at)}`
                : `Never reloaded; in force since ${time(data.inForceSince)}`}
            </h2>
            {last && last.problems.length > 0 && (
              <ul>
                {last.problems.map(each => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            )}
            {last && last.changes.length > 0 && (
              <ul>
                {last.changes.map(each => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            )}
            <Facts
              facts={[
                ["File", <code>{data.file}</code>],
                ["In force since", time(data.inForceSince)],
                ["Digest", <code>{data.digest}</code>],
              ]}
            />
          </section>
          {data.warnings.length > 0 && (
            <section class="remark" aria-label="Warnings">
              <ul class="plain-list">
                {data.warnings.map(each => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
            </section>
          )}
          <section class="card fill">
            <h2>
              In force <span class="quiet">{rows.length}</span>
            </h2>
            <Table
              label="The configuration in force"
              columns={COLUMNS}
              rows={rows}
              rowKey={row => row.key}
              empty="No key is like this."
            />
          </section>
        </>
      )}
    </>
  );
}
