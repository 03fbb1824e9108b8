import { useEffect, useMemo, useState } from "preact/hooks";
import { layout, type Layout } from "./layout";
import { around, shape, type Edge, type Node, type Picture } from "./model";

interface Props {
  picture: Picture;
  selected?: string;
  select: (id: string | undefined) => void;
}

/** The contracts, drawn. Each box is a button; what belongs to the chosen one stands out. */
export function Graph({ picture, selected, select }: Props) {
  const [laid, setLaid] = useState<Layout>();
  const [problem, setProblem] = useState("");
  const [hovered, setHovered] = useState<string>();
  const what = shape(picture);

  useEffect(() => {
    let current = true;
    layout(picture).then(
      done => current && setLaid(done),
      e => current && setProblem(String(e)),
    );
    return () => {
      current = false;
    };
  }, [what]);

  const chosen = hovered ?? selected;
  const lit = useMemo(() => (chosen ? around(picture, chosen) : undefined), [chosen, what]);
  const most = Math.max(0.001, ...picture.edges.map(each => each.perSecond));

  if (problem) return <p class="problem">The picture cannot be drawn: {problem}</p>;
  if (!laid) return <p class="quiet drawing">Drawing…</p>;

  const dim = (id: string) => (lit && !lit.has(id) ? " dim" : "");
  return (
    <svg
      class="contracts"
      viewBox={`0 0 ${laid.width} ${laid.height}`}
      style={{ maxWidth: `${laid.width * 1.25}px` }}
      role="group"
      aria-label="Microservices, and the session fields between them"
    >
      <defs>
        {["", "bad"].map(tone => (
          <marker
            key={tone}
            id={`arrow${tone}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path class={`arrow ${tone}`} d="M0 0.5 7.5 4 0 7.5z" />
          </marker>
        ))}
      </defs>
      {picture.edges.map(edge => {
        const at = laid.edges.get(edge.id);
        return at && <Line key={edge.id} edge={edge} at={at} most={most} dim={dim(edge.id)} />;
      })}
      {picture.nodes.map(node => {
        const box = laid.boxes.get(node.id);
        if (!box) return null;
        return (
          <g
            key={node.id}
            class={`node ${node.kind}${node.orphan ? " orphan" : ""}${dim(node.id)}${node.id === selected ? " selected" : ""}`}
            transform={`translate(${box.x} ${box.y})`}
            role="button"
            tabIndex={0}
            aria-pressed={node.id === selected}
            aria-label={name(node)}
            onClick={() => select(node.id === selected ? undefined : node.id)}
            onKeyDown={e => {
              if (e.key === "Enter" || e.key === " ") {
                e.preventDefault();
                select(node.id === selected ? undefined : node.id);
              }
            }}
            onMouseEnter={() => setHovered(node.id)}
            onMouseLeave={() => setHovered(undefined)}
            onFocus={() => setHovered(node.id)}
            onBlur={() => setHovered(undefined)}
          >
            <rect width={box.width} height={box.height} rx={node.kind === "service" ? 8 : 14} />
            <text x={box.width / 2} y={node.note ? box.height / 2 - 4 : box.height / 2 + 4}>
              {node.note ? `${node.name} ` : node.name}
            </text>
            {node.note && (
              <text class="note" x={box.width / 2} y={box.height / 2 + 13}>
                {node.note}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** What is read out has what is seen in it. */
function name({ kind, name, note }: Node): string {
  return `${kind === "service" ? "Microservice" : "Session field"} ${name} ${note}`.trim();
}

function Line(props: { edge: Edge; at: { path: string; x: number; y: number }; most: number; dim: string }) {
  const { edge, at, most, dim } = props;
  const bad = edge.errorsPerSecond > 0 ? " bad" : "";
  const idle = edge.perSecond === 0 && !bad ? " idle" : "";
  const width = 1.2 + 3 * Math.sqrt(edge.perSecond / most);
  return (
    <g class={`edge${bad}${idle}${dim}${edge.writes ? " writes" : ""}`} aria-hidden="true">
      <path
        d={at.path}
        stroke-width={width}
        stroke-dasharray={edge.writes || edge.required ? undefined : "5 4"}
        marker-end={`url(#arrow${bad.trim()})`}
      />
      {edge.label && (
        <text x={at.x} y={at.y + 4}>
          {edge.label}
        </text>
      )}
    </g>
  );
}
