const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function count(n: number): string {
  return number.format(n);
}

/** A rate: three digits at most, 0 only for nothing. */
export function rate(perSecond: number): string {
  if (perSecond === 0) return "0";
  if (perSecond < 0.01) return "<0.01";
  return perSecond < 10 ? perSecond.toFixed(2) : perSecond < 100 ? perSecond.toFixed(1) : number.format(perSecond);
}

export function millis(ms: number | undefined): string {
  if (ms === undefined) return "–";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const share = (100 * part) / whole;
  return share < 0.1 ? "<0.1 %" : `${share.toFixed(share < 10 ? 1 : 0)} %`;
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  return n < 1024 ** 2 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 1024 ** 2).toFixed(1)} MiB`;
}

const pad = (n: number, digits = 2) => String(n).padStart(digits, "0");

/** The time of day, and the day if it is another one than today. */
export function time(iso: string, now = new Date(), withMillis = false): string {
  const at = new Date(iso);
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  const text = withMillis ? `${clock}.${pad(at.getMilliseconds(), 3)}` : clock;
  return at.toDateString() === now.toDateString()
    ? text
    : `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${text}`;
}

const STEPS: [number, string][] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
];

/** How long something is, in its largest two units. */
export function span(seconds: number): string {
  const left = Math.max(0, Math.round(seconds));
  const at = STEPS.findIndex(([size]) => left >= size);
  if (at < 0) return "0 s";
  const [size, unit] = STEPS[at]!;
  const next = STEPS[at + 1];
  const rest = next ? Math.floor((left % size) / next[0]) : 0;
  return `${Math.floor(left / size)} ${unit}${rest && next ? ` ${rest} ${next[1]}` : ""}`;
}

export function ago(iso: string, now = Date.now()): string {
  return `${span((now - Date.parse(iso)) / 1000)} ago`;
}
