// What a table shows of many rows: filtered, sorted, and only as many as are seen.

/** Whether a row has all words of a filter, in any of its texts; case is ignored. */
export function matches(filter: string, texts: (string | undefined)[]): boolean {
  const all = texts.join("\n").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => all.includes(word));
}

export interface Order {
  by: string;
  descending: boolean;
}

export type Sortable = string | number | undefined;

/** Sorted; what has no value comes last, whichever way. Rows that are equal stay in their order. */
export function sorted<T>(rows: T[], value: (row: T) => Sortable, descending: boolean): T[] {
  const sign = descending ? -1 : 1;
  return rows
    .map((row, at) => ({ row, at, value: value(row) }))
    .sort((one, other) => {
      if (one.value === undefined || other.value === undefined) {
        return one.value === other.value ? one.at - other.at : one.value === undefined ? 1 : -1;
      }
      return one.value < other.value ? -sign : one.value > other.value ? sign : one.at - other.at;
    })
    .map(each => each.row);
}

export interface Shown {
  first: number;
  end: number;
}

/** Which rows are in sight, and a few before and behind. */
export function shown(count: number, rowHeight: number, scrollTop: number, height: number, margin = 8): Shown {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - margin);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin);
  return { first, end: Math.max(first, end) };
}
