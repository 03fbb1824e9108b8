import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { missing, World } from "./world.js";

if (missing && process.env["CI"]) throw new Error(missing);

/** Contract C39b. */
describe.skipIf(missing)("with the token in a cookie", { timeout: 60_000 }, () => {
  let world: World;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    world = await World.start();
  }, 120_000);

  afterAll(async () => world?.stop(), 60_000);

  beforeEach(async () => {
    context = await world.browser.newContext();
    page = await world.tab(context, { cookie: true });
  });

  afterEach(async () => context.close());

  const text = (path: string, init?: RequestInit) =>
    page.evaluate(async ([to, given]) => (await window.kinto.fetch(to, given)).text(), [path, init] as const);
  const logIn = () => text("m/login", { method: "POST" });

  test("no script finds it, and calls, images, native event streams and WebSockets have it", async () => {
    await logIn();
    expect(await text("m/me")).toBe("user 7");
    const found = await page.evaluate(async api => {
      const token = await window.kinto.token().catch(error => error.code);
      const stored = JSON.stringify(localStorage);
      const image = new Image();
      image.src = `${api}/m/image`;
      await image.decode();
      const events = new EventSource(`${api}/m/events`, { withCredentials: true });
      const event = await new Promise(done => (events.onmessage = ({ data }) => done(data)));
      events.close();
      const socket = await window.kinto.webSocket("m/ws");
      const said = await new Promise(done => (socket.onmessage = ({ data }) => done(data)));
      return { token, stored: /k\d\./.test(stored), cookie: document.cookie, event, said };
    }, world.api);
    expect(found).toEqual({ token: "token-hidden", stored: false, cookie: "", event: "first", said: "hi" });
    expect(await text("m/x")).toBe("hello");
  });

  test("the session outlives the page, also where the page forgets all", async () => {
    await logIn();
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await world.client(page, { cookie: true, storage: "memory" });
    expect(await text("m/me")).toBe("user 7");
  });

  test("the end of the session takes the cookie away, in all tabs", async () => {
    await logIn();
    const other = await world.tab(context, { cookie: true });
    expect(await other.evaluate(async () => (await window.kinto.fetch("m/me")).status)).toBe(200);
    await page.evaluate(() => window.kinto.endSession());
    await other.waitForFunction(() => window.lost.length > 0);
    expect((await context.cookies()).filter(cookie => cookie.name.includes("kinto"))).toEqual([]);
    expect(await page.evaluate(async () => (await window.kinto.fetch("m/me")).status)).toBe(403);
  });

  test("a logout that the gateway did not hear of is no session that comes back", async () => {
    await logIn();
    await context.setOffline(true);
    const failure = await page.evaluate(() => window.kinto.endSession().catch(error => error.code));
    expect(failure).toBe("gateway-unreachable");
    await context.setOffline(false);
    await page.reload();
    await world.client(page, { cookie: true });
    expect(await page.evaluate(async () => (await window.kinto.fetch("m/me")).status)).toBe(403);
  });

  /** What pages of an attacker try; each ends when the browser has done with it. */
  const attacks: Record<string, (page: Page, to: string) => Promise<unknown>> = {
    "a fetch": (evil, to) => evil.evaluate(to => fetch(to, { credentials: "include" }).catch(() => {}), to),
    "a fetch in no-cors mode": (evil, to) =>
      evil.evaluate(to => fetch(to, { method: "POST", mode: "no-cors", credentials: "include" }).catch(() => {}), to),
    "a form": (evil, to) =>
      evil.evaluate(to => {
        document.body.innerHTML = `<iframe name="f"></iframe><form method="post" target="f" action="${to}"></form>`;
        document.forms[0]!.submit();
        return new Promise(done => setTimeout(done, 700));
      }, to),
    "a form in a sandboxed frame": (evil, to) =>
      evil.evaluate(to => {
        const form = `<form method=post action=${to}></form><script>document.forms[0].submit()</script>`;
        document.body.innerHTML = `<iframe sandbox="allow-scripts allow-forms" srcdoc="${form}"></iframe>`;
        return new Promise(done => setTimeout(done, 700));
      }, to),
    "a WebSocket": (evil, to) =>
      evil.evaluate(to => {
        const socket = new WebSocket(to.replace("http", "ws").replace("/x", "/ws"));
        return new Promise(done => (socket.onopen = socket.onclose = socket.onerror = done));
      }, to),
    "a form of the whole page": async (evil, to) => {
      const answered = evil.waitForResponse(response => response.url() === to);
      await evil.evaluate(to => {
        document.body.innerHTML = `<form method="post" action="${to}"></form>`;
        document.forms[0]!.submit();
      }, to);
      await answered;
    },
  };
  /** These send what a page of the same site may send by contract: a GET that nobody can read. */
  const reads: typeof attacks = {
    "an image": (evil, to) =>
      evil.evaluate(to => {
        const image = new Image();
        image.src = to;
        return new Promise(done => (image.onload = image.onerror = done));
      }, to),
    "a link": async (evil, to) => {
      const answered = evil.waitForResponse(response => response.url() === to);
      await evil.evaluate(to => {
        document.body.innerHTML = `<a href="${to}">win</a>`;
        document.querySelector("a")!.click();
      }, to);
      await answered;
    },
  };

  test.each([
    ["evil.localhost", { ...attacks, ...reads }],
    ["evil.shop.localhost", attacks],
  ])("%s gets nothing through", async (host, tried) => {
    await logIn();
    for (const [name, attack] of Object.entries(tried)) {
      const evil = await context.newPage();
      await evil.goto(world.page(host));
      world.calls.length = 0;
      await attack(evil, `${world.api}/m/x?by=${encodeURIComponent(name)}`);
      expect(world.calls, name).toEqual([]);
      await evil.close();
    }
    // The application's own page, the same way.
    for (const name of ["a fetch in no-cors mode", "a WebSocket"]) {
      world.calls.length = 0;
      await attacks[name]!(page, `${world.api}/m/x?own`);
      expect(world.calls, name).toHaveLength(1);
    }
  });

  test("a sandboxed frame of the application's own page gets nothing through", async () => {
    await logIn();
    world.calls.length = 0;
    await attacks["a form in a sandboxed frame"]!(page, `${world.api}/m/x`);
    expect(world.calls).toEqual([]);
  });
});
