import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { shown, sorted, type Order, type Sortable } from "./rows";

export interface Column<T> {
  id: string;
  title: string;
  /** Share of the width, as CSS grids have it. */
  width: string;
  cell: (row: T) => ComponentChildren;
  value?: (row: T) => Sortable;
  numeric?: boolean;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  order?: Order;
  empty: ComponentChildren;
  open?: (row: T) => void;
  openLabel?: (row: T) => string;
  selected?: string;
  tone?: (row: T) => string | undefined;
}

const ROW = 33;

/**
 * A table of any number of rows, of which those in sight are in the page. Arrow keys, Page Up and Down, Home and End
 * scroll it; rows that can be opened have a button in their first cell.
 */
export function Table<T>(props: Props<T>) {
  const { label, columns, rows, rowKey, empty, open, openLabel, selected, tone } = props;
  const [order, setOrder] = useState<Order | undefined>(props.order);
  const [view, setView] = useState({ top: 0, height: 600 });
  const box = useRef<HTMLDivElement>(null);

  const inOrder = useMemo(() => {
    const column = order && columns.find(each => each.id === order.by);
    return column?.value ? sorted(rows, column.value, order!.descending) : rows;
  }, [rows, order, columns]);

  useLayoutEffect(() => {
    const element = box.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);

  const { first, end } = shown(inOrder.length, ROW, view.top, view.height);
  const grid = { gridTemplateColumns: columns.map(each => each.width).join(" ") };

  const sort = (column: Column<T>) =>
    setOrder(before => ({
      by: column.id,
      descending: before?.by === column.id ? !before.descending : Boolean(column.numeric),
    }));

  return (
    <div class="table" role="table" aria-label={label} aria-rowcount={inOrder.length + 1}>
      <div class="scroll" ref={box} tabIndex={0} role="rowgroup" aria-label={`${label}, scrollable`}>
        <div class="row head" role="row" aria-rowindex={1} style={grid}>
          {columns.map(column => {
            const direction = order?.by === column.id ? (order.descending ? "descending" : "ascending") : undefined;
            return (
              <div
                key={column.id}
                role="columnheader"
                class={column.numeric ? "number" : undefined}
                aria-sort={direction}
              >
                {column.value ? (
                  <button type="button" class="sort" onClick={() => sort(column)}>
                    {column.title}
                    <span aria-hidden="true" class="arrow">
                      {direction === "descending" ? "↓" : direction ? "↑" : ""}
                    </span>
                  </button>
                ) : (
                  column.title
                )}
              </div>
            );
          })}
        </div>
        <div class="body" role="presentation" style={{ height: `${inOrder.length * ROW}px` }}>
          {inOrder.slice(first, end).map((row, at) => {
            const key = rowKey(row);
            return (
              <div
                key={key}
                role="row"
                class={`row ${tone?.(row) ?? ""} ${open ? "opens" : ""} ${key === selected ? "selected" : ""}`}
                aria-rowindex={first + at + 2}
                style={{ ...grid, transform: `translateY(${(first + at) * ROW}px)` }}
                onClick={open && (() => open(row))}
              >
                {columns.map((column, index) => (
                  <div key={column.id} role="cell" class={column.numeric ? "number" : undefined}>
                    {index === 0 && open ? (
                      <button
                        type="button"
                        class="link"
                        aria-label={openLabel?.(row)}
                        aria-current={key === selected ? "true" : undefined}
                        onClick={e => {
                          e.stopPropagation();
                          open(row);
                        }}
                      >
                        {column.cell(row)}
                      </button>
                    ) : (
                      column.cell(row)
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {inOrder.length === 0 && (
          <div role="row" class="none">
            <div role="cell">{empty}</div>
          </div>
        )}
      </div>
    </div>
  );
}
