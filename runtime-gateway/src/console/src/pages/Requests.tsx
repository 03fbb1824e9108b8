import { useEffect, useState } from "preact/hooks";
import { ask, query, type Request, type Requests as Answer } from "../api";
import { bytes, millis, time } from "../format";
import { address, go, type Location } from "../location";
import { noticed, usePoll } from "../poll";
import { Table, type Column } from "../Table";
import { Detail, Facts, Head, Names, Problem } from "../parts";

export const tone = (status: number) => (status >= 500 ? "bad" : status >= 400 ? "warn" : "good");

const COLUMNS: Column<Request>[] = [
  { id: "at", title: "Time", width: "7.6rem", cell: row => time(row.at, undefined, true), value: row => row.at },
  {
    id: "status",
    title: "Status",
    width: "4.4rem",
    cell: row => <span class={`tag ${tone(row.status)}`}>{row.status}</span>,
    value: row => row.status,
  },
  {
    id: "route",
    title: "Request",
    width: "2fr",
    cell: row => <code title={`${row.method} ${row.path}`}>{row.route ?? `${row.method} ${row.path}`}</code>,
    value: row => row.route ?? row.path,
  },
  { id: "client", title: "Client", width: "1fr", cell: row => row.client, value: row => row.client },
  {
    id: "why",
    title: "Why",
    width: "3fr",
    cell: row => <span title={row.why}>{row.why.slice(row.why.indexOf(": ") + 2)}</span>,
  },
  {
    id: "millis",
    title: "Time taken",
    width: "6rem",
    numeric: true,
    cell: row => millis(row.millis),
    value: row => row.millis,
  },
];

const FILTERS: { name: string; label: string; hint: string }[] = [
  { name: "status", label: "Status", hint: "5xx or 404" },
  { name: "code", label: "Code", hint: "session-field-required" },
  { name: "route", label: "Route", hint: "GET /articles/{id}" },
  { name: "client", label: "Client", hint: "" },
  { name: "session", label: "Session id", hint: "" },
];

/** The last requests with what became of each, and one of them by the id that its caller has. */
export function Requests({ at }: { at: Location }) {
  const asked = Object.fromEntries(FILTERS.map(({ name }) => [name, at.query.get(name) ?? undefined]));
  const search = query(asked);
  const polled = usePoll<Answer>(`requests${query({ ...asked, limit: 200 })}`, 3);
  const [older, setOlder] = useState<{ search: string; pages: Answer[] }>({ search: "", pages: [] });
  const pages = older.search === search ? older.pages : [];
  const last = pages.at(-1) ?? polled.data;
  const [problem, setProblem] = useState("");

  const more = async () => {
    try {
      const page = await ask<Answer>(`api/requests${query({ ...asked, limit: 200, after: last?.next })}`);
      setOlder({ search, pages: [...pages, page] });
    } catch (e) {
      setProblem(noticed(e));
    }
  };

  const known = new Set<string>();
  const rows = [polled.data, ...pages]
    .flatMap(page => page?.requests ?? [])
    .filter(each => !known.has(each.requestId) && known.add(each.requestId));

  const filter = (e: SubmitEvent) => {
    e.preventDefault();
    const form = new FormData(e.currentTarget as HTMLFormElement);
    const values = Object.fromEntries(FILTERS.map(({ name }) => [name, String(form.get(name) ?? "").trim()]));
    go(address("requests", undefined, values));
  };

  const lookUp = (e: SubmitEvent) => {
    e.preventDefault();
    const id = String(new FormData(e.currentTarget as HTMLFormElement).get("id")).trim();
    if (id) go(address("requests", id));
  };

  return (
    <>
      <Head title="Requests" polled={polled}>
        <form class="lookup" onSubmit={lookUp}>
          <label class="choice search">
            <span>Kinto-Request-Id</span>
            <input name="id" type="search" spellcheck={false} autocomplete="off" defaultValue={at.id ?? ""} />
          </label>
          <button type="submit">Why?</button>
        </form>
      </Head>
      <form class="filters" key={search} onSubmit={filter} aria-label="Filter">
        {FILTERS.map(({ name, label, hint }) => (
          <label class="choice" key={name}>
            <span>{label}</span>
            <input
              name={name}
              defaultValue={asked[name] ?? ""}
              placeholder={hint}
              spellcheck={false}
              autocomplete="off"
            />
          </label>
        ))}
        <button type="submit">Filter</button>
        {search && <a href={address("requests")}>Show all</a>}
      </form>
      <Problem text={polled.problem ?? problem} />
      <div class={`split ${at.id ? "open" : ""}`}>
        <section class="card fill">
          <Table
            label="The last requests of this gateway, the newest first"
            columns={COLUMNS}
            rows={rows}
            rowKey={row => row.requestId}
            selected={at.id}
            open={row => go(address("requests", row.requestId, asked))}
            openLabel={row => `${time(row.at, undefined, true)}, ${row.status}, ${row.route ?? row.path}: why`}
            empty={
              polled.data ? (search ? "No request that is remembered is like this." : "No request has come yet.") : "…"
            }
          />
          {last?.next && (
            <button type="button" class="more" onClick={more}>
              Older ones
            </button>
          )}
        </section>
        {at.id && <One id={at.id} close={() => go(address("requests", undefined, asked))} />}
      </div>
    </>
  );
}

function One({ id, close }: { id: string; close: () => void }) {
  const [state, setState] = useState<{ request?: Request; problem?: string }>({});
  useEffect(() => {
    const abort = new AbortController();
    setState({});
    ask<Request>(`api/requests/${encodeURIComponent(id)}`, { signal: abort.signal }).then(
      request => setState({ request }),
      e => abort.signal.aborted || setState({ problem: noticed(e) }),
    );
    return () => abort.abort();
  }, [id]);
  const { request, problem } = state;
  return (
    <Detail title="Why" label={`Request ${id}`} close={close}>
      <Problem text={problem} />
      {request && <Told request={request} />}
    </Detail>
  );
}

function Told({ request }: { request: Request }) {
  return (
    <>
      <p class="why">{request.why}</p>
      {request.missing.length > 0 && (
        <>
          <h3>Missing in the session</h3>
          <ul class="plain-list">
            {request.missing.map(each => (
              <li key={each.field}>
                <code class="tag bad">{each.field}</code>{" "}
                {each.providers.length ? (
                  <>
                    set by{" "}
                    {each.providers.map((route, index) => (
                      <>
                        {index > 0 && ", "}
                        <a href={address("requests", undefined, { route })}>{route}</a>
                      </>
                    ))}
                  </>
                ) : (
                  "no route sets it"
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Facts
        facts={[
          ["Id", <code>{request.requestId}</code>],
          ["Time", time(request.at, undefined, true)],
          [
            "Status",
            <>
              <span class={`tag ${tone(request.status)}`}>{request.status}</span> {request.code}
            </>,
          ],
          ["Detail", request.detail],
          ["Sent", <code>{`${request.method} ${request.path}`}</code>],
          [
            "Route",
            request.route && <a href={address("requests", undefined, { route: request.route })}>{request.route}</a>,
          ],
          ["Listener", request.listener],
          ["From", request.address],
          ["Client", request.client],
          ["Environment", request.environment],
          ["Session", request.session && <a href={address("sessions", request.session)}>{request.session}</a>],
          ["Upstream", request.upstream && `${request.upstream}, ${millis(request.upstreamMillis)}`],
          ["Time taken", millis(request.millis)],
          ["Body", bytes(request.bytes)],
        ]}
      />
      {request.injected.length > 0 && (
        <>
          <h3>Session fields sent to the microservice</h3>
          <Facts
            facts={request.injected.map(each => [
              each.name,
              each.sensitive ? <span class="tag">not shown: sensitive</span> : <code>{each.value}</code>,
            ])}
          />
        </>
      )}
      {request.config.length > 0 && (
        <>
          <h3>Configuration values sent</h3>
          <Names names={request.config} />
        </>
      )}
      {request.written.length > 0 && (
        <>
          <h3>Written to the session</h3>
          <Names names={request.written} tone="good" />
        </>
      )}
      {request.undeclared.length > 0 && (
        <>
          <h3>Set without being declared, and dropped</h3>
          <Names names={request.undeclared} tone="warn" />
        </>
      )}
      {request.removed.length > 0 && (
        <>
          <h3>Sent by the client, and removed</h3>
          <ul class="plain-list">
            {request.removed.map(each => (
              <li key={each.name}>
                <code class="tag warn">{each.name}</code> {each.owner && `in the session space of ${each.owner}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
