import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient, type KintoEventSource } from "../src/index.js";
import { FakeGateway, type Answer } from "./gateway.js";

const STREAM = { "Content-Type": "text/event-stream" };
let gateway: FakeGateway;
let source: KintoEventSource | undefined;

beforeEach(async () => {
  gateway = await FakeGateway.start();
});

afterEach(() => {
  source?.close();
  gateway.stop();
});

function open(answer: Answer, init?: RequestInit): KintoEventSource {
  gateway.behave({ answers: { "/news": { headers: STREAM, ...answer } } });
  const kinto = createClient({ baseUrl: gateway.url, clientId: "demo", clientSecret: "demo-secret" });
  return (source = kinto.eventSource("news", init));
}

/** The first events, as texts. */
function events(from: KintoEventSource, count: number, type = "message"): Promise<string[]> {
  const heard: string[] = [];
  return new Promise(done =>
    from.addEventListener(type, event => {
      const { data, lastEventId } = event as MessageEvent<string>;
      heard.push(lastEventId ? `${data}#${lastEventId}` : data);
      if (heard.length === count) done(heard);
    }),
  );
}

test.each([
  ["LF", "data: one\n\ndata:two\ndata:  more\n\n"],
  ["CRLF", "data: one\r\n\r\ndata:two\r\ndata:  more\r\n\r\n"],
  ["CR", "data: one\r\rdata:two\rdata:  more\r\r"],
  ["a byte order mark and comments", "\uFEFF: comment\ndata: one\n\n:\nfoo: bar\ndata:two\ndata:  more\n\n"],
])("lines end with %s", async (_, body) => {
  expect(await events(open({ body, open: true }), 2)).toEqual(["one", "two\n more"]);
});

test("named events, ids, and data without a value", async () => {
  const body = "event: added\nid: 7\ndata: {}\n\nid\ndata\n\nevent: nothing\n\n";
  const source = open({ body, open: true });
  const named = events(source, 1, "added");
  const plain = events(source, 1);
  expect(await named).toEqual(["{}#7"]);
  expect(await plain).toEqual([""]);
});

test("a stream that ended comes again, behind the last event", async () => {
  const source = open({ body: "retry: 1\nid: a b\ndata: one\n\ndata: cut short" });
  await events(source, 3);
  expect(gateway.heads.at(-1)!.headers["last-event-id"]).toBe("a b");
  expect(gateway.count("POST /auth")).toBe(1);
});

test("a gateway that is away comes again, another refusal ends the stream", async () => {
  const source = open({ body: "retry: 1\ndata: one\n\n" });
  await events(source, 1);
  gateway.behave({ answers: { "/news": { status: 503 } } });
  await new Promise<void>(done => {
    source.onerror = ({ response }) => response?.status === 503 && done();
  });
  expect(source.readyState).toBe(source.CONNECTING);
  const ended = new Promise<Response | undefined>(done => {
    source.onerror = ({ response }) => source.readyState === source.CLOSED && done(response);
  });
  gateway.behave({ answers: { "/news": { status: 403, problem: { code: "session-field-required" } } } });
  expect((await (await ended)!.json()).code).toBe("session-field-required");
});

test("what is closed says nothing any more", async () => {
  const source = open({ body: "data: one\n\ndata: two\n\n", open: true });
  const heard: string[] = [];
  await new Promise<void>(done => {
    source.onmessage = ({ data }) => {
      heard.push(data);
      source.close();
      setTimeout(done, 20);
    };
  });
  expect(heard).toEqual(["one"]);
  expect(source.readyState).toBe(2);
});

test("it takes what fetch takes", async () => {
  const abort = new AbortController();
  const source = open({ body: "data: one\n\n", open: true }, { headers: { "X-One": "1" }, signal: abort.signal });
  await events(source, 1);
  expect(gateway.heads.at(-1)!.headers["x-one"]).toBe("1");
  abort.abort();
  expect(source.readyState).toBe(2);
});
