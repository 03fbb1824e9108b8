import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

// The console in a browser, at a real gateway with the microservices of the examples.

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const program = process.env.PATH.split(delimiter)
  .flatMap(folder => names.map(name => join(folder, name)))
  .find(existsSync);
const jars = ["examples/target/kinto-examples.jar", "runtime-gateway/target/kinto-gateway.jar"];
const unbuilt = jars.find(jar => !existsSync(join(root, jar)));
const skip = !program ? "There is no Chromium on the path" : unbuilt ? `There is no ${unbuilt}: mvn package` : false;

if (skip && process.env.CI) throw new Error(skip);

const { source: axe } = createRequire(import.meta.url)("axe-core");
const SECRET = "demo-secret-of-the-operators-0123456789";
const PAGES = ["Contracts", "Routes", "Upstreams", "Requests", "Sessions", "Grid", "Configuration"];
let script, ended, admin, api, why, browser, context, page, problems;

before(async () => {
  if (skip) return;
  const ports = ["API", "PUBLIC", "ADMIN", "AUTH", "ARTICLES"].map(name => [`${name}_PORT`, "0"]);
  const env = { ...process.env, ...Object.fromEntries(ports), KINTO_IS_BUILT: "true" };
  if (env.KINTO_JAVA_HOME) env.JAVA_HOME = env.KINTO_JAVA_HOME;
  script = spawn(join(root, "examples/run.sh"), { env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  ended = new Promise(done => script.on("close", done));
  let said = "";
  await new Promise((done, fail) => {
    script.stdout.on("data", data => {
      said += data;
      if (/Ctrl-C/.test(said)) done();
    });
    ended.then(code => fail(new Error(`run.sh ended with ${code}:\n${said}`)));
  });
  admin = /operators' console: (\S+)\/console\//.exec(said)[1];
  api = /curl -s (http:\S+)\/auth/.exec(said)[1];
  why = /^KINTO_ADMIN_SECRET=.* why .*$/m.exec(said)[0];
  browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
});

beforeEach(async () => {
  if (skip) return;
  context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1360, height: 860 } });
  context.setDefaultTimeout(90_000); // Not by speed: the machine may be busy.
  page = await context.newPage();
  problems = [];
  page.on("pageerror", e => problems.push(e.message));
  page.on("console", line => {
    if (line.type() === "error" && !/status of (401|404)/.test(line.text())) problems.push(line.text());
  });
  page.on("request", request => {
    const url = request.url();
    if (!url.startsWith(`${admin}/`) && !url.startsWith("blob:")) problems.push(`asked elsewhere: ${url}`);
  });
});

afterEach(async () => {
  await context?.close();
  assert.deepEqual(problems ?? [], []);
});

after(async () => {
  await browser?.close();
  if (script?.exitCode === null) process.kill(-script.pid, "SIGINT");
  await ended;
});

const post = (path, body, token) =>
  fetch(`${api}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { "Kinto-Authorization": `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
const get = (path, token) => fetch(`${api}${path}`, { headers: { "Kinto-Authorization": `Bearer ${token}` } });

/** A user's session with a few calls; its token, and the id of a call that was refused. */
async function somebody() {
  const { token: first } = await (await post("/auth", { clientId: "demo-web", clientSecret: "demo-secret" })).json();
  const refused = (await get("/articles/articles", first)).headers.get("kinto-request-id");
  const login = await post("/auth/login", { username: "Ada", password: "lovelace" }, first);
  const token = login.headers.get("kinto-token");
  for (let i = 0; i < 3; i++) assert.equal((await get("/articles/articles", token)).status, 200);
  return { token, refused };
}

/** As somebody does it who has no mouse. */
async function logIn() {
  await page.goto(`${admin}/console`);
  await page.getByLabel("An operator's secret").focus();
  await page.keyboard.type(SECRET);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function show(name) {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

async function looksGood(what) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    // A policy of the page's own lets no script tag in; the debugger's evaluation is none.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`);
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
}

test(
  "a wrong secret is refused, a right one leaves nothing in the browser, and a log-out ends it",
  { skip },
  async () => {
    await page.goto(`${admin}/console/`);
    await page.getByLabel("An operator's secret").fill("wrong");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").getByText("This is no operator's secret").waitFor();
    await looksGood("the log-in");

    await logIn();
    const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
    assert.equal(stored, JSON.stringify([{}, {}, ""]));
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, "Strict", "/console/"]);
    assert.ok(!cookie.value.includes(SECRET));

    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("An operator's secret").waitFor();
    await page.reload();
    await page.getByLabel("An operator's secret").waitFor();
  },
);

test("all pages can be walked through, and are clean in light and dark", { skip }, async () => {
  await somebody();
  await logIn();
  for (const name of PAGES) {
    await show(name);
    if (name === "Contracts") await page.getByRole("button", { name: /Microservice articles/ }).waitFor();
    else if (name !== "Configuration" && name !== "Grid") await page.locator(".body .row").first().waitFor();
    else await page.getByRole("table").waitFor();
    assert.equal(await page.title(), `${name} · Kinto console`);
    await looksGood(name);
  }
});

test("the contracts are drawn, and what is chosen fills the table", { skip }, async () => {
  await somebody();
  await logIn();
  const field = page.getByRole("button", { name: "Session field auth-userId" });
  await field.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Fields of auth-userId/ }).waitFor();
  const table = page.getByRole("table", { name: /Session fields/ });
  await table.getByRole("cell", { name: "articles", exact: true }).first().waitFor();
  assert.equal(await field.getAttribute("aria-pressed"), "true");
});

test("a request is looked up by the id that its caller has, and says why", { skip }, async () => {
  const { refused } = await somebody();
  await logIn();
  await show("Requests");
  await page.getByLabel("Kinto-Request-Id").fill(refused);
  await page.keyboard.press("Enter");
  const told = page.getByRole("complementary", { name: `Request ${refused}` });
  await told.getByText(/`auth-userId` missing, provided by auth POST \/login/).waitFor();
  await looksGood("a request");
  await page.keyboard.press("Escape");
  await told.waitFor({ state: "detached" });

  await page.getByLabel("Status").fill("4xx");
  await page.keyboard.press("Enter");
  await page
    .getByRole("row", { name: /session-field-required|auth-userId/ })
    .first()
    .waitFor();
  assert.equal(await page.locator(".body .tag.good").count(), 0);
});

test("a route shows its contract", { skip }, async () => {
  await somebody();
  await logIn();
  await show("Routes");
  await page.getByRole("button", { name: "POST /articles/articles: contract and calls" }).click();
  const route = page.getByRole("complementary", { name: "Route POST /articles/articles" });
  await route.getByText("articles-lastId").waitFor();
  await looksGood("a route");
});

test("a user's sessions are found, looked at, and ended with a receipt", { skip }, async () => {
  const { token } = await somebody();
  const { token: other } = await (await post("/auth", { clientId: "demo-web", clientSecret: "demo-secret" })).json();
  await logIn();
  await show("Sessions");
  await page.getByLabel("Field").selectOption("auth-userid");
  const me = await (await get("/auth/me", token)).json();
  await page.getByLabel("Value").fill(String(me.userId ?? me.id));
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.getByRole("button", { name: "End all of these…" }).waitFor();
  await page.locator(".body .row button").first().click();
  await page.getByRole("complementary").getByText("auth-userId").waitFor();
  await looksGood("a session");

  await page.getByRole("button", { name: "End all of these…" }).click();
  const question = page.getByRole("dialog");
  await question.getByRole("button", { name: "Keep" }).click();
  assert.equal((await get("/auth", token)).status, 200, "nothing ended yet");
  await page.getByRole("button", { name: "End all of these…" }).click();
  await looksGood("the question");
  await question.getByRole("button", { name: "End", exact: true }).click();
  await page.getByText(/sessions? ended/).waitFor();
  assert.equal((await get("/auth", token)).status, 401);
  assert.equal((await get("/auth", other)).status, 200, "nobody else's");
});

test("10,000 routes leave few rows in the page, and can be filtered and scrolled", { skip }, async () => {
  const routes = Array.from({ length: 10_000 }, (_, n) => ({
    name: `route${n}`,
    method: "GET",
    path: `/things/${n}`,
    isPublic: false,
    rotatesToken: false,
    reads: [{ field: "auth-userId", required: true }],
    writes: [],
    config: [],
  }));
  const service = { name: "big", ready: true, manifestSource: "", upstreams: [], routes };
  const environments = { environments: [{ name: "demo", services: [service], clients: [] }] };
  await page.route("**/console/api/environments", route => route.fulfill({ json: environments }));
  await logIn();
  await show("Routes");
  await page.getByText("10,0").first().waitFor();
  const table = page.getByRole("table", { name: "Routes" });
  const rows = page.locator(".body .row");
  assert.ok((await rows.count()) < 100, "only what is in sight");
  assert.ok(Number(await table.getAttribute("aria-rowcount")) > 10_000);

  await page.locator(".scroll").focus();
  await page.keyboard.press("End");
  await page.getByRole("row", { name: /things\/9999/ }).waitFor();
  assert.ok((await rows.count()) < 100);
  await page.getByLabel("Filter").fill("things/4321");
  await page.getByText("1 of 10,0").waitFor();
  await page.getByRole("button", { name: /things\/4321/ }).click();
  await page.getByRole("complementary", { name: /things\/4321/ }).waitFor();
});

test("the command that run.sh names says why when it is copied", { skip }, async () => {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const asked = spawn("bash", ["-c", why], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  asked.stdout.on("data", data => (said += data));
  assert.equal(await new Promise(done => asked.on("close", done)), 0);
  assert.match(said, /`auth-userId` missing, provided by auth POST \/login/);
});
