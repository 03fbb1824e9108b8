import type { Grid as Answer } from "../api";
import { count } from "../format";
import { usePoll } from "../poll";
import { Table, type Column } from "../Table";
import { Head, Problem, Stat } from "../parts";

type Node = Answer["nodes"][number];

const MODES: Record<string, string> = {
  EMBEDDED: "in this gateway alone",
  CLUSTER: "in the gateways together",
  CLIENT: "in data nodes of their own",
};

const COLUMNS: Column<Node>[] = [
  { id: "address", title: "Node", width: "3fr", cell: row => <code>{row.address}</code>, value: row => row.address },
  {
    id: "self",
    title: "Which",
    width: "2fr",
    cell: row => row.self && <span class="tag good">the gateway that you ask</span>,
  },
];

/** Where sessions are kept. */
export function Grid() {
  const grid = usePoll<Answer>("grid", 5);
  const { data } = grid;
  return (
    <>
      <Head title="Grid" polled={grid} />
      <Problem text={grid.problem} />
      {data && (
        <>
          <section class="summary few" aria-label="The grid">
            <Stat
              name="Sessions can be read"
              value={data.available ? "yes" : "no"}
              tone={data.available ? "good" : "bad"}
              note={`kept ${MODES[data.mode] ?? data.mode}`}
            />
            <Stat
              name="Room"
              value={data.memory === "ROOMY" ? "enough" : data.memory.toLowerCase().replaceAll("_", " ")}
              tone={data.memory === "ROOMY" ? undefined : "bad"}
              note={data.mode === "CLIENT" ? "of the least full node" : "memory and disk of this node"}
            />
            <Stat name="Sessions on this node" value={count(data.sessions)} note="copies of others' not counted" />
            <Stat name="Nodes" value={count(data.nodes.length)} note={data.size ? `of ${data.size}` : undefined} />
          </section>
          {data.remark && <p class="remark">{data.remark}</p>}
          <Ring nodes={data.nodes} size={data.size ?? data.nodes.length} />
          <section class="card fill">
            <Table
              label="Nodes of the grid"
              columns={COLUMNS}
              rows={data.nodes}
              rowKey={row => row.address}
              empty="No node is seen."
            />
          </section>
        </>
      )}
    </>
  );
}

/** The nodes around the sessions that they share; those that are missing are hollow. */
function Ring({ nodes, size }: { nodes: Node[]; size: number }) {
  const places = Math.max(size, nodes.length);
  const radius = places === 1 ? 0 : 78;
  return (
    <section class="card ring">
      <svg viewBox="-240 -110 480 220" role="img" aria-label={`${nodes.length} of ${places} nodes are seen`}>
        {radius > 0 && <circle class="orbit" r={radius} />}
        {Array.from({ length: places }, (_, at) => {
          const angle = (2 * Math.PI * at) / places - Math.PI / 2;
          const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
          const node = nodes[at];
          const left = x < -1;
          return (
            <g key={at} class={node ? (node.self ? "self" : "other") : "missing"} transform={`translate(${x} ${y})`}>
              <circle r="13" />
              <text x={left ? -20 : 20} y="4" text-anchor={left ? "end" : "start"}>
                {node?.address ?? "not seen"}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}
