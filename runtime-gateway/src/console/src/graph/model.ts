// The contracts as a picture: microservices, the session fields between them, and what flows over each edge.

import type { EnvironmentGraph, Flow, GraphField, Traffic } from "../api";
import { count, rate } from "../format";

export interface Node {
  id: string;
  kind: "service" | "field";
  name: string;
  /** A field that is read and that nobody sets. */
  orphan: boolean;
  note: string;
}

export interface Edge {
  id: string;
  from: string;
  to: string;
  writes: boolean;
  /** A reader's route is refused without the field. */
  required: boolean;
  perSecond: number;
  errorsPerSecond: number;
  all: number;
  errors: number;
  label: string;
}

export interface Picture {
  nodes: Node[];
  edges: Edge[];
}

const service = (name: string) => `s:${name}`;
const field = (each: GraphField) => `f:${each.writer ?? ""}:${each.name}`;

function label(perSecond: number, all: number, errorsPerSecond: number, errors: number): string {
  const calls = perSecond > 0 ? `${rate(perSecond)}/s` : all > 0 ? count(all) : "";
  const failed = errorsPerSecond > 0 ? `${rate(errorsPerSecond)}/s` : errors > 0 ? count(errors) : "";
  return [calls, failed && `✕ ${failed}`].filter(Boolean).join("  ");
}

/** The flow of a microservice: that of all its routes. */
export function flowOf(traffic: Traffic | undefined, environment: string, name: string): Flow[] {
  return (traffic?.routes ?? [])
    .filter(each => each.environment === environment && each.service === name)
    .map(each => each.flow);
}

export function picture(graph: EnvironmentGraph, traffic?: Traffic): Picture {
  const nodes: Node[] = graph.services.map(name => {
    const flows = flowOf(traffic, graph.environment, name);
    const perSecond = flows.reduce((sum, each) => sum + each.perSecond, 0);
    const errors = flows.reduce((sum, each) => sum + each.serverErrorsPerSecond, 0);
    const note = `${rate(perSecond)}/s${errors > 0 ? `  ✕ ${rate(errors)}/s` : ""}`;
    return { id: service(name), kind: "service", name, orphan: false, note };
  });
  const known = new Set(graph.services);
  const edges: Edge[] = [];
  for (const each of graph.fields) {
    const id = field(each);
    nodes.push({ id, kind: "field", name: each.name, orphan: !each.writer, note: each.writer ? "" : "no producer" });
    if (each.writer && known.has(each.writer)) {
      edges.push({
        id: `${service(each.writer)}>${id}`,
        from: service(each.writer),
        to: id,
        writes: true,
        required: false,
        perSecond: each.writesPerSecond,
        errorsPerSecond: 0,
        all: each.writes,
        errors: 0,
        label: label(each.writesPerSecond, each.writes, 0, 0),
      });
    }
    for (const reader of each.readers) {
      const errorsPerSecond = reader.missedPerSecond + reader.failedPerSecond;
      const errors = reader.missed + reader.failed;
      edges.push({
        id: `${id}>${service(reader.service)}`,
        from: id,
        to: service(reader.service),
        writes: false,
        required: reader.required,
        perSecond: reader.readsPerSecond,
        errorsPerSecond,
        all: reader.reads,
        errors,
        label: label(reader.readsPerSecond, reader.reads, errorsPerSecond, errors),
      });
    }
  }
  return { nodes, edges };
}

/** What the layout depends on: not on what flows. */
export function shape({ nodes, edges }: Picture): string {
  return JSON.stringify([nodes.map(each => [each.id, each.orphan]), edges.map(each => each.id)]);
}

/** The nodes and edges that have to do with a node: what it writes and reads, and who else does. */
export function around({ edges }: Picture, id: string): Set<string> {
  const found = new Set([id]);
  const beside = edges.filter(each => each.from === id || each.to === id);
  for (const edge of beside) {
    found.add(edge.id).add(edge.from).add(edge.to);
    const other = edge.from === id ? edge.to : edge.from;
    if (other.startsWith("f:")) {
      for (const each of edges.filter(e => e.from === other || e.to === other)) {
        found.add(each.id).add(each.from).add(each.to);
      }
    }
  }
  return found;
}
