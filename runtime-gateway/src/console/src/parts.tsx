import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Polled } from "./poll";

/** The head of a page: what it is, what is chosen, and whether it is live. */
export function Head(props: { title: string; polled?: Polled<unknown>; children?: ComponentChildren }) {
  const { title, polled, children } = props;
  return (
    <div class="head-of-page">
      <h1>{title}</h1>
      {polled && (
        <span class={`live ${polled.problem ? "stale" : ""}`} role="status">
          {polled.problem ? "not up to date" : polled.data ? "live" : ""}
        </span>
      )}
      <div class="tools">{children}</div>
    </div>
  );
}

export function Problem({ text }: { text?: string }) {
  return text ? (
    <p class="problem" role="alert">
      {text}
    </p>
  ) : null;
}

export function Choice(props: { label: string; value: string; options: string[]; choose: (value: string) => void }) {
  const { label, value, options, choose } = props;
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={value} onChange={e => choose(e.currentTarget.value)}>
        {options.map(each => (
          <option key={each} value={each}>
            {each || "all"}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Search(props: { label: string; value: string; change: (value: string) => void }) {
  return (
    <label class="choice search">
      <span>{props.label}</span>
      <input type="search" value={props.value} onInput={e => props.change(e.currentTarget.value)} />
    </label>
  );
}

export function Stat(props: { name: string; value: ComponentChildren; note?: ComponentChildren; tone?: string }) {
  return (
    <div class={`stat ${props.tone ?? ""}`}>
      <span class="quiet">{props.name}</span>
      <b>{props.value}</b>
      {props.note && <span class="quiet">{props.note}</span>}
    </div>
  );
}

/** What is told of one row, beside the table. */
export function Detail(props: {
  title: ComponentChildren;
  label: string;
  close: () => void;
  children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [props.label]);
  return (
    <aside
      class="card detail"
      aria-label={props.label}
      onKeyDown={e => {
        if (e.key === "Escape") props.close();
      }}
    >
      <div class="detail-head">
        <h2 ref={heading} tabIndex={-1}>
          {props.title}
        </h2>
        <button type="button" class="plain" onClick={props.close} aria-label="Close">
          ✕
        </button>
      </div>
      {props.children}
    </aside>
  );
}

export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Names({ names, tone }: { names: string[]; tone?: string }) {
  return (
    <span class="names">
      {names.map(each => (
        <code key={each} class={`tag ${tone ?? ""}`}>
          {each}
        </code>
      ))}
    </span>
  );
}
