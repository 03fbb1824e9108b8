import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeGateway } from "./gateway.js";

const root = new URL("../", import.meta.url);
let gateway: FakeGateway;
let folder: string;

beforeEach(async () => {
  gateway = await FakeGateway.start();
  folder = mkdtempSync(join(tmpdir(), "kinto-docs-"));
  mkdirSync(join(folder, "node_modules/@kinto"), { recursive: true });
  symlinkSync(root.pathname, join(folder, "node_modules/@kinto/client"));
  for (const name of ["axios", "vue", "svelte"]) {
    symlinkSync(join(root.pathname, "node_modules", name), join(folder, "node_modules", name));
  }
});

afterEach(() => {
  gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The blocks of JavaScript on a page, in their order. */
function snippets(page: string): string[] {
  const text = readFileSync(new URL(page, root), "utf8");
  return [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code!);
}

function run(code: string, env: Record<string, string> = {}): ChildProcess {
  writeFileSync(join(folder, "main.mjs"), code);
  return spawn("node", ["main.mjs"], { cwd: folder, env: { ...process.env, ...env } });
}

async function output(process: ChildProcess): Promise<string> {
  let said = "";
  process.stdout!.on("data", data => (said += data));
  process.stderr!.on("data", data => (said += data));
  await new Promise(done => process.on("close", done));
  return said;
}

test("the README's plain page, its errors, and Axios", async () => {
  const missing = { field: "auth-userId", providers: ["POST /auth/login"] };
  gateway.behave({
    answers: {
      "GET /articles/articles": { body: '["one"]' },
      "POST /articles/articles": { status: 403, problem: { code: "session-field-required", fields: [missing] } },
    },
  });
  const [page, errors, axios] = snippets("README.md");
  const code = `
    const [username, password, body, report] = ["Ada", "lovelace", "{}", console.error];
    const showLogin = fields => console.log(fields[0].field);
    ${page}
    console.log(articles);
    ${errors}
    ${axios}
    console.log((await http.get("articles/articles")).data);`;
  const settled = code
    .replace("https://api.example.com", gateway.url)
    .replace('"shop-web"', '"demo"')
    .replace('"…"', '"demo-secret"');
  expect(await output(run(settled))).toBe("[ 'one' ]\nauth-userId\n[ 'one' ]\n");
  expect(gateway.count("POST /auth")).toBe(1);
});

/** A snippet of the README, which exports what the test calls. */
function settled(snippet: string): string {
  const options = { baseUrl: gateway.url, clientId: "demo", clientSecret: "demo-secret" };
  return `
    import { createClient } from "@kinto/client";
    const kinto = createClient(${JSON.stringify(options)});
    ${snippet}`;
}

test("the README's Vue", async () => {
  const code = `${settled(snippets("README.md")[3]!)}
    import { effectScope, watch } from "vue";
    const scope = effectScope();
    const status = scope.run(useSession);
    scope.run(() => watch(status, value => console.log(value), { flush: "sync", immediate: true }));
    await kinto.fetch("a/x");
    await kinto.endSession();
    scope.stop();
    await kinto.fetch("a/x");
    console.log("still", status.value);`;
  expect(await output(run(code))).toBe("none\nactive\nended\nstill ended\n");
});

test("the README's Svelte", async () => {
  const code = `${settled(snippets("README.md")[4]!)}
    await kinto.fetch("a/x");
    const end = session.subscribe(value => console.log(value));
    await kinto.endSession();
    end();
    await kinto.fetch("a/x");`;
  expect(await output(run(code))).toBe("active\nended\n");
});

test("the README's Node: each user has one session, also with another client", async () => {
  const code = `${settled(snippets("README.md")[5]!)}
    const [ada, zoe] = [{}, {}];
    for (const user of [ada, zoe, ada]) await clientOf(user).fetch("a/x");
    await clientOf(ada).endSession();
    console.log(Object.keys(ada).length, Object.keys(zoe).length);`;
  const env = { KINTO_URL: gateway.url, KINTO_CLIENT: "demo", KINTO_SECRET: "demo-secret" };
  expect(await output(run(code, env))).toBe("0 1\n");
  expect(gateway.requests.filter(one => / \/auth/.test(one))).toEqual([
    "POST /auth",
    "POST /auth",
    "DELETE /auth token-1",
  ]);
});

test("the small backend of docs/browser-security.md", async () => {
  const [code] = snippets("../../docs/browser-security.md");
  const probe = createServer();
  const PORT = await new Promise<string>(done =>
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(String(port)));
    }),
  );
  const env = { PORT, KINTO_URL: gateway.url, KINTO_CLIENT: "demo", KINTO_SECRET: "demo-secret" };
  const backend = run(code!, env);
  try {
    const call = (init?: RequestInit) => fetch(`http://127.0.0.1:${PORT}/a/x`, init);
    await expect
      .poll(
        () =>
          call().then(
            one => one.status,
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBe(200);
    const first = await call();
    const cookie = first.headers.get("set-cookie")!.split(";")[0]!;
    expect(await first.text()).toBe("hello");
    const posted = await call({ method: "POST", body: "text", headers: { cookie, "sec-fetch-site": "same-origin" } });
    expect(await posted.text()).toBe("text");
    expect((await call({ method: "POST", body: "text", headers: { cookie } })).status).toBe(403);
    expect(gateway.count("POST /auth")).toBe(2);
  } finally {
    backend.kill();
  }
});
