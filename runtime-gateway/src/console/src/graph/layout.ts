import ELK, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk-api.js";
import worker from "elkjs/lib/elk-worker.min.js?url";
import type { Picture } from "./model";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  width: number;
  height: number;
  boxes: Map<string, Box>;
  /** The paths of edges, and where their labels are centred. */
  edges: Map<string, { path: string; x: number; y: number }>;
}

const CHARACTER = 7.4;

/** What is kept free for what flows, so that the picture need not change with it. */
const LABEL = { text: "0.00/s ✕ 0.00/s", width: 92, height: 16 };

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "SPLINES",
  "elk.edgeLabels.inline": "true",
  "elk.layered.spacing.nodeNodeBetweenLayers": "44",
  "elk.spacing.nodeNode": "22",
  "elk.spacing.edgeNode": "14",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.separateConnectedComponents": "true",
  "elk.padding": "[top=12,left=12,bottom=12,right=12]",
};

let elk: InstanceType<typeof ELK> | undefined;

/** Lays a picture out beside the page, which goes on meanwhile. */
export async function layout(picture: Picture): Promise<Layout> {
  elk ??= new ELK({ workerUrl: worker });
  const graph: ElkNode = {
    id: "all",
    layoutOptions: OPTIONS,
    children: picture.nodes.map(({ id, kind, name, orphan }) => ({
      id,
      width: Math.max(
        kind === "service" ? 132 : 74,
        Math.ceil(name.length * CHARACTER) + (kind === "service" ? 44 : 30),
      ),
      height: kind === "service" ? 54 : orphan ? 42 : 28,
    })),
    edges: picture.edges.map(({ id, from, to }) => ({
      id,
      sources: [from],
      targets: [to],
      labels: [{ ...LABEL, layoutOptions: { "elk.edgeLabels.placement": "CENTER" } }],
    })),
  };
  const laid = await elk.layout(graph);
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    boxes: new Map(
      (laid.children ?? []).map(each => [
        each.id,
        { x: each.x ?? 0, y: each.y ?? 0, width: each.width ?? 0, height: each.height ?? 0 },
      ]),
    ),
    edges: new Map(((laid.edges ?? []) as ElkExtendedEdge[]).map(each => [each.id, curve(each)])),
  };
}

/** A spline: its points are a start, and then two that bend and one that ends each part. */
function curve({ sections, labels }: ElkExtendedEdge): { path: string; x: number; y: number } {
  const section = sections?.[0];
  if (!section) return { path: "", x: 0, y: 0 };
  const { startPoint: start, endPoint: end, bendPoints: bends = [] } = section;
  const points = [...bends, end];
  let path = `M${start.x} ${start.y}`;
  for (let at = 0; at < points.length;) {
    const [one, two, three] = [points[at]!, points[at + 1], points[at + 2]];
    if (two && three) {
      path += `C${one.x} ${one.y} ${two.x} ${two.y} ${three.x} ${three.y}`;
      at += 3;
    } else if (two) {
      path += `Q${one.x} ${one.y} ${two.x} ${two.y}`;
      at += 2;
    } else {
      path += `L${one.x} ${one.y}`;
      at += 1;
    }
  }
  const label = labels?.[0];
  return label
    ? { path, x: (label.x ?? 0) + LABEL.width / 2, y: (label.y ?? 0) + LABEL.height / 2 }
    : { path, x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
}
