import type { Flow } from "./api";
import { millis } from "./format";
import type { Column } from "./Table";

const TITLES = { p50: "Median", p95: "95 %", p99: "99 %" };

/** Columns of how long calls take. */
export function timeColumns<T extends { flow?: Flow }>(...of: (keyof typeof TITLES)[]): Column<T>[] {
  return of.map(id => ({
    id,
    title: TITLES[id],
    width: "5rem",
    numeric: true,
    cell: row => millis(row.flow?.[id]),
    value: row => row.flow?.[id],
  }));
}
