import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Past } from "./api";
import { rate } from "./format";

const STEP = 10;
const HEIGHT = 96;

/** What the page's own colours are at the moment. */
function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function lines(past: Past[]): uPlot.AlignedData {
  return [
    past.map(each => Date.parse(each.at) / 1000),
    past.map(each => each.calls / STEP),
    past.map(each => each.clientErrors / STEP),
    past.map(each => each.serverErrors / STEP),
  ];
}

function options(width: number): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: () => color("--quiet"),
    font: "11px system-ui, sans-serif",
    grid: { stroke: () => color("--line"), width: 1 },
    ticks: { show: false },
  };
  const line = (label: string, name: string): uPlot.Series => ({
    label,
    stroke: () => color(name),
    width: 1.5,
    points: { show: false },
    value: (_, value) => (value === null ? "–" : `${rate(value)}/s`),
  });
  return {
    width,
    height: HEIGHT,
    cursor: { y: false, points: { size: 5 } },
    legend: { show: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(0.1, max * 1.1)] } },
    axes: [
      { ...axis, size: 22, values: (_, at) => at.map(each => clock(each)) },
      { ...axis, size: 44, space: 30, values: (_, at) => at.map(each => rate(each)) },
    ],
    series: [
      {},
      { ...line("all", "--accent"), fill: () => color("--accent-wash") },
      line("4xx", "--warn"),
      line("5xx", "--bad"),
    ],
  };
}

function clock(seconds: number): string {
  const at = new Date(seconds * 1000);
  return `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`;
}

/** The last hour as lines: all requests, and those that failed. */
export function Chart({ label, past }: { label: string; past: Past[] }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);

  useEffect(() => {
    const element = box.current!;
    const made = new uPlot(options(element.clientWidth || 300), lines(past), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const redraw = () => made.redraw();
    dark.addEventListener("change", redraw);
    return () => {
      observer.disconnect();
      dark.removeEventListener("change", redraw);
      made.destroy();
    };
  }, []);

  useEffect(() => plot.current?.setData(lines(past)), [past]);

  const most = Math.max(0, ...past.map(each => each.calls / STEP));
  return (
    <figure class="chart">
      <div ref={box} role="img" aria-label={`${label}: at most ${rate(most)}`} />
      <figcaption class="quiet">
        <span class="key all" /> requests/s <span class="key warn" /> 4xx <span class="key failing" /> 5xx · last hour
      </figcaption>
    </figure>
  );
}
