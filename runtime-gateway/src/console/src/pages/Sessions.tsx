import { useEffect, useRef, useState } from "preact/hooks";
import {
  ask,
  query,
  type Configuration,
  type Ended,
  type Environments,
  type Session,
  type Sessions as Answer,
} from "../api";
import { ago, count, span, time } from "../format";
import { address, go, type Location } from "../location";
import { noticed, usePoll } from "../poll";
import { Table, type Column } from "../Table";
import { Detail, Facts, Head, Names, Problem } from "../parts";

type Row = Answer["sessions"][number];

const COLUMNS: Column<Row>[] = [
  { id: "id", title: "Session", width: "2.4fr", cell: row => <code>{row.id}</code> },
  { id: "client", title: "Client", width: "1fr", cell: row => row.client, value: row => row.client },
  {
    id: "environment",
    title: "Environment",
    width: "1fr",
    cell: row => row.environment,
    value: row => row.environment,
  },
  { id: "created", title: "Began", width: "1.2fr", cell: row => ago(row.createdAt), value: row => row.createdAt },
  {
    id: "expires",
    title: "Ends if idle",
    width: "1.2fr",
    cell: row => `in ${span((Date.parse(row.expiresAt) - Date.now()) / 1000)}`,
    value: row => row.expiresAt,
  },
  { id: "fields", title: "Fields", width: "3fr", cell: row => <Names names={row.fields} /> },
];

interface Asked {
  environment?: string;
  client?: string;
  field?: string;
  value?: string;
}

const NAMES = ["environment", "client", "field", "value"] as const;

/** Sessions are found, looked at, exported and ended. */
export function Sessions({ at }: { at: Location }) {
  const environments = usePoll<Environments>("environments", 0);
  const configuration = usePoll<Configuration>("configuration", 0);
  const asked: Asked = Object.fromEntries(NAMES.map(name => [name, at.query.get(name) ?? undefined]));
  const search = query({ ...asked });
  const [found, setFound] = useState<{ search: string; rows: Row[]; next?: string }>();
  const [problem, setProblem] = useState("");
  const [ending, setEnding] = useState<{ what: string; path: string }>();
  const [receipt, setReceipt] = useState<Ended>();
  const [again, setAgain] = useState(0);
  const all = environments.data?.environments ?? [];
  const indexed = configuration.data?.indexed ?? [];
  const somebodys = Boolean(asked.client || asked.field);

  const page = async (after?: string) => {
    setProblem("");
    try {
      const answer = await ask<Answer>(`api/sessions${query({ ...asked, limit: 200, after })}`);
      setFound(before => ({
        search,
        rows: [...(after && before ? before.rows : []), ...answer.sessions],
        next: answer.next,
      }));
    } catch (e) {
      setProblem(noticed(e));
    }
  };
  useEffect(() => void page(), [search, again]);

  const submit = (e: SubmitEvent) => {
    e.preventDefault();
    const form = new FormData(e.currentTarget as HTMLFormElement);
    const id = String(form.get("id") ?? "").trim();
    const values = Object.fromEntries(NAMES.map(name => [name, String(form.get(name) ?? "").trim()]));
    if (!values.value) delete values.field;
    setReceipt(undefined);
    go(address("sessions", id || undefined, values));
  };

  return (
    <>
      <Head title="Sessions">
        <button type="button" class="plain" onClick={() => setAgain(n => n + 1)}>
          Search again
        </button>
      </Head>
      <form class="filters" key={`${search} ${indexed.join()} ${all.length}`} onSubmit={submit} aria-label="Search">
        <label class="choice">
          <span>Session id</span>
          <input name="id" defaultValue={at.id ?? ""} spellcheck={false} autocomplete="off" />
        </label>
        <Pick name="environment" label="Environment" value={asked.environment} options={all.map(each => each.name)} />
        <Pick
          name="client"
          label="Client"
          value={asked.client}
          options={all.flatMap(each => each.clients.map(client => client.id))}
        />
        <Pick name="field" label="Field" value={asked.field} options={indexed} none="not by a field" />
        <label class="choice">
          <span>Value</span>
          <input name="value" defaultValue={asked.value ?? ""} autocomplete="off" disabled={indexed.length === 0} />
        </label>
        <button type="submit">Search</button>
        {search && <a href={address("sessions")}>Show all</a>}
      </form>
      {configuration.data && indexed.length === 0 && (
        <p class="quiet">
          To find a user's sessions, name the field in <code>admin.index</code> of the configuration, for instance{" "}
          <code>auth-userId</code>.
        </p>
      )}
      <Problem text={problem} />
      {receipt && <Receipt receipt={receipt} />}
      <div class={`split ${at.id ? "open" : ""}`}>
        <section class="card fill">
          <div class="bar">
            <span class="quiet" role="status">
              {found ? `${count(found.rows.length)}${found.next ? " so far" : ""} sessions` : "…"}
            </span>
            {somebodys && (
              <>
                <Export path={`api/sessions/export${search}`} failed={setProblem} />
                <button
                  type="button"
                  class="danger"
                  onClick={() => setEnding({ what: described(asked), path: `api/sessions${search}` })}
                >
                  End all of these…
                </button>
              </>
            )}
          </div>
          <Table
            label="Sessions"
            columns={COLUMNS}
            rows={found?.search === search ? found.rows : []}
            rowKey={row => row.id}
            selected={at.id}
            open={row => go(address("sessions", row.id, { ...asked }))}
            openLabel={row => `Session ${row.id} of ${row.client}`}
            empty={found ? "No session is like this." : "…"}
          />
          {found?.next && (
            <button type="button" class="more" onClick={() => void page(found.next)}>
              More
            </button>
          )}
        </section>
        {at.id && (
          <One
            key={`${at.id} ${again}`}
            id={at.id}
            close={() => go(address("sessions", undefined, { ...asked }))}
            end={() => setEnding({ what: `the session ${at.id}`, path: `api/sessions/${at.id}` })}
          />
        )}
      </div>
      {ending && (
        <Confirm
          what={ending.what}
          path={ending.path}
          close={() => setEnding(undefined)}
          done={ended => {
            setEnding(undefined);
            setReceipt(ended);
            setAgain(n => n + 1);
          }}
        />
      )}
    </>
  );
}

export function described({ environment, client, field, value }: Asked): string {
  const parts = [
    field && `whose ${field} is "${value}"`,
    client && `of the client ${client}`,
    environment && `in the environment ${environment}`,
  ];
  return `all sessions ${parts.filter(Boolean).join(" ")}`;
}

function Pick(props: { name: string; label: string; value?: string; options: string[]; none?: string }) {
  return (
    <label class="choice">
      <span>{props.label}</span>
      <select name={props.name}>
        <option value="">{props.none ?? "all"}</option>
        {props.options.map(each => (
          <option key={each} value={each} selected={each === props.value}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}

function One({ id, close, end }: { id: string; close: () => void; end: () => void }) {
  const [state, setState] = useState<{ session?: Session; problem?: string }>({});
  useEffect(() => {
    ask<Session>(`api/sessions/${encodeURIComponent(id)}`).then(
      session => setState({ session }),
      e => setState({ problem: noticed(e) }),
    );
  }, [id]);
  const { session, problem } = state;
  return (
    <Detail title="Session" label={`Session ${id}`} close={close}>
      <Problem text={problem} />
      {session && (
        <>
          <Facts
            facts={[
              ["Id", <code>{session.id}</code>],
              ["Client", session.client],
              ["Environment", session.environment],
              ["Began", `${time(session.createdAt)}, ${ago(session.createdAt)}`],
              ["Ends if idle", time(session.expiresAt)],
              ["Ends at last", time(session.endsAt)],
              ["Log-ins", count(session.logins)],
            ]}
          />
          <h3>Fields</h3>
          {session.fields.length ? (
            <Facts
              facts={session.fields.map(each => [
                each.name,
                each.sensitive ? <span class="tag">not shown: sensitive</span> : <code>{each.value}</code>,
              ])}
            />
          ) : (
            <p class="quiet">none: nobody has logged in</p>
          )}
          <p class="links">
            <a href={address("requests", undefined, { session: session.id })}>Its last requests</a>
            <button type="button" class="danger" onClick={end}>
              End it…
            </button>
          </p>
        </>
      )}
    </Detail>
  );
}

/** Gives the browser a file of what the gateway exports; it leaves an audit line there. */
function Export({ path, failed }: { path: string; failed: (problem: string) => void }) {
  const save = async () => {
    try {
      const text = JSON.stringify(await ask<unknown>(path), null, 2);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      link.download = "sessions.json";
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (e) {
      failed(noticed(e));
    }
  };
  return (
    <button type="button" class="plain" onClick={save}>
      Export
    </button>
  );
}

/** Asks once more before sessions end, which cannot be taken back. */
function Confirm(props: { what: string; path: string; close: () => void; done: (ended: Ended) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current!.showModal(), []);
  const end = async () => {
    setBusy(true);
    try {
      props.done(await ask<Ended>(props.path, { method: "DELETE" }));
    } catch (e) {
      setProblem(noticed(e));
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby="confirm" onClose={props.close}>
      <h2 id="confirm">End {props.what}?</h2>
      <p>On every gateway, from now on: its next request is refused, and its streams end. It cannot be taken back.</p>
      <Problem text={problem} />
      <p class="links">
        <button type="button" class="plain" onClick={props.close} autofocus>
          Keep
        </button>
        <button type="button" class="danger" onClick={end} disabled={busy}>
          End
        </button>
      </p>
    </dialog>
  );
}

function Receipt({ receipt }: { receipt: Ended }) {
  return (
    <p class="receipt" role="status">
      <b>
        {count(receipt.ended)} {receipt.ended === 1 ? "session" : "sessions"} ended
      </b>{" "}
      at {time(receipt.at)} with the secret <code>{receipt.operator}</code>; the audit line in the log has the request
      id <code>{receipt.requestId}</code>.
    </p>
  );
}
