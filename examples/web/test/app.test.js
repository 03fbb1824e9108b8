import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const examples = fileURLToPath(new URL("../../", import.meta.url));
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const program = process.env.PATH.split(delimiter)
  .flatMap(folder => names.map(name => join(folder, name)))
  .find(existsSync);
const jars = ["target/kinto-examples.jar", "../runtime-gateway/target/kinto-gateway.jar"];
const unbuilt = jars.find(jar => !existsSync(join(examples, jar)));
const skip = !program ? "There is no Chromium on the path" : unbuilt ? `There is no ${unbuilt}: mvn package` : false;

if (skip && process.env.CI) throw new Error(skip);

const { source: axe } = createRequire(import.meta.url)("axe-core");
let script, ended, url, browser, context;

before(async () => {
  if (skip) return;
  // All on free ports, and in a group of its own: a terminal's Ctrl-C goes to all of it, too.
  const ports = ["API", "PUBLIC", "ADMIN", "AUTH", "ARTICLES", "WEB"].map(name => [`${name}_PORT`, "0"]);
  const env = { ...process.env, ...Object.fromEntries(ports), KINTO_IS_BUILT: "true" };
  if (env.KINTO_JAVA_HOME) env.JAVA_HOME = env.KINTO_JAVA_HOME;
  script = spawn(join(examples, "run.sh"), ["--web"], { env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  ended = new Promise(done => script.on("close", done));
  url = await new Promise((done, fail) => {
    let said = "";
    script.stdout.on("data", data => {
      said += data;
      const found = /The web application: (\S+)\n[^]*Ctrl-C/.exec(said);
      if (found) done(found[1]);
    });
    ended.then(code => fail(new Error(`run.sh ended with ${code}:\n${said}`)));
  });
  browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
});

beforeEach(async () => {
  // The page's own policy lets nobody bring axe in.
  context = await browser?.newContext({ bypassCSP: true, reducedMotion: "reduce" });
  context?.setDefaultTimeout(90_000); // Not by speed: the machine may be busy.
});

afterEach(() => context?.close());

after(async () => {
  await browser?.close();
  if (script?.exitCode === null) process.kill(-script.pid, "SIGINT");
  await ended;
});

async function open(path = "") {
  const page = await context.newPage();
  await page.goto(url + path);
  return page;
}

/** As somebody does it who has no mouse. */
async function logIn(page, password) {
  await page.getByLabel("Password").focus();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

async function looksGood(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
  }
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 320, height });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: too wide`);
  await page.setViewportSize({ width, height });
}

test("the application, in two tabs", { skip }, async () => {
  const [one, two] = [await open(), await open()];

  await one.getByRole("button", { name: "GET /auth/me" }).click();
  await one.getByText("session-field-required").waitFor();
  assert.match(await one.locator(".missing").textContent(), /auth-userId.*set by POST \/auth\/login/);
  await looksGood(one, "logged out");

  await logIn(one, "wrong");
  await one.getByText("No user has this name and password.").waitFor();
  await logIn(one, "lovelace");
  for (const tab of [one, two]) {
    await tab.getByText("live").waitFor();
    await tab.getByRole("heading", { name: "Hello, Kinto" }).waitFor();
  }

  assert.equal(await one.evaluate(() => document.activeElement.tagName), "MAIN");
  await one.getByRole("button", { name: "GET /articles/articles/last" }).click();
  await one.getByText("set by POST /articles/articles").waitFor();
  await two.getByLabel("A headline by Ada").fill("Told at once");
  await two.keyboard.press("Enter");
  for (const tab of [one, two]) {
    await tab.getByRole("heading", { name: "Told at once" }).waitFor();
    await tab.locator(".fields div", { hasText: /^articles-lastId3$/ }).waitFor();
  }
  await one.getByRole("button", { name: "GET /articles/articles/last" }).click();
  await one.getByText('"title":"Told at once"').waitFor();
  await looksGood(one, "logged in");

  const both = await open("tabs.html");
  for (const frame of ["The first tab", "The second tab"]) {
    await both.frameLocator(`[title="${frame}"]`).getByRole("heading", { name: "Told at once" }).waitFor();
  }
  await looksGood(both, "side by side");

  await one.getByRole("button", { name: "Log out everywhere" }).click();
  for (const tab of [one, two, both.frameLocator("iframe").first()]) {
    await tab.getByText("You are logged out, in all tabs.").waitFor();
    await tab.locator(".fields div", { hasText: /^auth-usernamenot set$/ }).waitFor();
  }
  await two.getByRole("button", { name: "Log in" }).waitFor();
  assert.equal(await one.evaluate(() => document.activeElement.tagName), "MAIN");
  await looksGood(two, "logged out again");
});

test("an article that cannot be published stays in its field, and a stream comes again", { skip }, async () => {
  const page = await open();
  await logIn(page, "lovelace");
  await page.getByText("live").waitFor();
  await context.setOffline(true);
  await page.getByLabel("A headline by Ada").fill("Later");
  await page.keyboard.press("Enter");
  await page.getByText("The gateway cannot be reached.").waitFor();
  await context.setOffline(false);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Later" }).waitFor();
  assert.equal(await page.getByRole("listitem").filter({ hasText: "Later" }).count(), 1);
  assert.equal(await page.getByRole("heading", { name: "Hello, Kinto" }).count(), 1);
});

test("Ctrl-C ends it, and everything that it started", { skip }, async () => {
  process.kill(-script.pid, "SIGINT");
  assert.equal(await ended, 130);
  await assert.rejects(fetch(url));
  assert.throws(() => process.kill(-script.pid, 0), { code: "ESRCH" });
});
