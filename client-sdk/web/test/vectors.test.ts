import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClient, ensureOk, KintoError, type KintoClient } from "../src/index.js";
import { FakeGateway, type Behaviour } from "./gateway.js";

interface Step {
  call?: string;
  sends?: string;
  body?: string;
  times?: number;
  checked?: boolean;
  status?: number;
  error?: { code: string; fields?: object[]; requestId?: string };
  endSession?: boolean;
  pass?: number;
  gateway?: Behaviour;
  requests?: string[];
  counts?: Record<string, number>;
  lost?: number;
  stored?: string | null;
}

interface Vector {
  name: string;
  repeatAfterSessionLost?: boolean;
  stored?: string;
  steps: Step[];
}

const folder = new URL("../../vectors/", import.meta.url);
let gateway: FakeGateway;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  gateway = await FakeGateway.start();
});

afterEach(() => {
  gateway.stop();
  vi.useRealTimers();
});

describe.each(readdirSync(folder).filter(name => name.endsWith(".json")))("%s", file => {
  const vectors = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Vector[];
  test.each(vectors)("$name", run);
});

async function run(vector: Vector): Promise<void> {
  let stored: string | null = vector.stored ?? null;
  let lost = 0;
  const kinto = createClient({
    baseUrl: gateway.url,
    clientId: "demo",
    clientSecret: "demo-secret",
    repeatAfterSessionLost: vector.repeatAfterSessionLost,
    storage: { load: () => stored, save: text => void (stored = text), clear: () => void (stored = null) },
    onSessionLost: () => void lost++,
  });
  for (const step of vector.steps) {
    const where = JSON.stringify(step);
    if (step.gateway) gateway.behave(step.gateway);
    if (step.pass) vi.setSystemTime(Date.now() + step.pass * 1000);
    if (step.endSession) await failing(kinto.endSession(), step, where);
    if (step.call) await call(kinto, step, where);
    for (const [request, times] of Object.entries(step.counts ?? {})) expect(gateway.count(request), where).toBe(times);
    if (step.requests) expect(gateway.requests.splice(0), where).toEqual(step.requests);
    if (step.lost !== undefined) expect(lost, where).toBe(step.lost);
    if (step.stored !== undefined) expect(token(stored), where).toBe(step.stored);
  }
}

async function call(kinto: KintoClient, step: Step, where: string): Promise<void> {
  const [method, path] = step.call!.split(" ");
  await Promise.all(
    Array.from({ length: step.times ?? 1 }, async () => {
      const answer = kinto.fetch(path!, { method, body: step.sends }).then(one => (step.checked ? ensureOk(one) : one));
      const response = await failing(answer, step, where);
      if (!response) return;
      expect(response.status, where).toBe(step.status);
      if (step.body) expect(await response.text(), where).toBe(step.body);
    }),
  );
}

async function failing<T>(work: Promise<T>, step: Step, where: string): Promise<T | undefined> {
  if (!step.error) return work;
  const failure = await work.then(
    () => expect.fail(`did not fail: ${where}`),
    thrown => thrown,
  );
  expect(failure, where).toBeInstanceOf(KintoError);
  const { code, fields, requestId } = failure as KintoError;
  expect(code === "gateway-unreachable" ? "" : code, where).toBe(step.error.code);
  if (step.error.fields) expect({ fields, requestId }).toEqual({ fields: step.error.fields, requestId: "r-7" });
  return undefined;
}

function token(text: string | null): string | null {
  return text?.startsWith("{") ? JSON.parse(text).token : text;
}
