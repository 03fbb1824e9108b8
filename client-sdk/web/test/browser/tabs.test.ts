import type { BrowserContext, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { missing, World } from "./world.js";

if (missing && process.env["CI"]) throw new Error(missing);
if (missing) console.warn(`${missing}: the tests in a browser are SKIPPED.`);

describe.skipIf(missing)("in a browser, with the real gateway", { timeout: 60_000 }, () => {
  let world: World;
  let context: BrowserContext;
  let exchanges: string[];

  beforeAll(async () => {
    world = await World.start();
  }, 120_000);

  afterAll(async () => world?.stop(), 60_000);

  beforeEach(async () => {
    context = await world.browser.newContext();
    exchanges = [];
    context.on("request", (request: Request) => {
      const { pathname } = new URL(request.url());
      if (pathname === "/auth" && request.method() !== "OPTIONS") exchanges.push(request.method());
    });
  });

  afterEach(async () => context.close());

  const status = (page: Page, path: string, init?: RequestInit) =>
    page.evaluate(async ([to, given]) => (await window.kinto.fetch(to, given)).status, [path, init] as const);
  const logIn = (page: Page) => status(page, "m/login", { method: "POST" });
  const text = (page: Page, path: string) => page.evaluate(async to => (await window.kinto.fetch(to)).text(), path);
  const lost = (page: Page) => page.evaluate(() => window.lost);
  const key = () => `kinto demo ${world.api}/`;
  /** As if so much time had passed that the token is due. */
  const makeDue = (page: Page) =>
    page.evaluate(name => {
      const held = JSON.parse(localStorage.getItem(name)!);
      localStorage.setItem(name, JSON.stringify({ ...held, token: held.token, renewAt: Date.now() - 1 }));
    }, key());

  test("the first load, a missing field, a login", async () => {
    const page = await world.tab(context);
    const refused = await page.evaluate(async () => {
      const failure = await window.kinto
        .fetch("m/me")
        .then(window.K.ensureOk, error => error)
        .catch(error => error);
      return [failure instanceof window.K.KintoError, failure.code, failure.fields, !!failure.requestId];
    });
    const missingField = { field: "m-user", providers: ["POST /m/login", "POST /m/login-form"] };
    expect(refused).toEqual([true, "session-field-required", [missingField], true]);
    expect(await logIn(page)).toBe(200);
    expect(await text(page, "m/me")).toBe("user 7");
    await page.reload();
    await world.client(page);
    expect(await text(page, "m/me")).toBe("user 7");
    expect(exchanges).toEqual(["POST"]);
  });

  test("a login that redirects: the new token is not lost with the redirect", async () => {
    const page = await world.tab(context);
    const said = await page.evaluate(async () => (await window.kinto.fetch("m/login-form", { method: "POST" })).text());
    expect(said).toBe("user 7");
    expect(exchanges).toEqual(["POST"]);
  });

  test.each([2, 5, 20])("%i tabs have one token and one renewal", async count => {
    const tabs = await Promise.all(Array.from({ length: count }, () => world.tab(context)));
    expect(await Promise.all(tabs.map(tab => status(tab, "m/x")))).toEqual(tabs.map(() => 200));
    expect(exchanges).toEqual(["POST"]);
    await logIn(tabs[0]!);
    await Promise.all(tabs.map(tab => tab.reload()));
    await makeDue(tabs[0]!);
    await Promise.all(tabs.map(tab => world.client(tab)));
    expect(await Promise.all(tabs.map(tab => text(tab, "m/me")))).toEqual(tabs.map(() => "user 7"));
    expect(exchanges).toEqual(["POST", "PUT"]);
    expect((await Promise.all(tabs.map(lost))).flat()).toEqual([]);
  });

  test("a tab that is frozen while it asks for the token holds the others up for a short time only", async () => {
    const frozen = await world.tab(context);
    let asked = () => {};
    const asking = new Promise<void>(done => (asked = done));
    await frozen.route("**/auth", () => asked());
    await frozen.evaluate(() => void window.kinto.fetch("m/x").catch(() => {}));
    await asking;
    const session = await context.newCDPSession(frozen);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    exchanges.length = 0;
    const tabs = await Promise.all(Array.from({ length: 4 }, () => world.tab(context)));
    expect(await Promise.all(tabs.map(tab => status(tab, "m/x")))).toEqual([200, 200, 200, 200]);
    expect(exchanges).toEqual(["POST"]);
  });

  test("a tab that is killed in the middle of a renewal takes no session along", async () => {
    const killed = await world.tab(context);
    await logIn(killed);
    const other = await world.tab(context);
    expect(await text(other, "m/me")).toBe("user 7");
    await makeDue(killed);
    await killed.reload();
    await world.client(killed);
    // The gateway has given the new token, and the page never hears of it.
    const renewed = new Promise<void>(done =>
      killed.route("**/auth", async route => {
        const url = route.request().url().replace("api.shop.localhost", "127.0.0.1");
        await route.fetch({ url });
        done();
      }),
    );
    await killed.evaluate(() => void window.kinto.fetch("m/x").catch(() => {}));
    await renewed;
    await killed.close();
    await other.reload();
    await world.client(other);
    expect(await text(other, "m/me")).toBe("user 7");
    expect(await lost(other)).toEqual([]);
  });

  test("a login in one tab is one in all, also for calls under way", async () => {
    const [one, two] = [await world.tab(context), await world.tab(context)];
    await status(one, "m/x");
    const calls = Promise.all(Array.from({ length: 20 }, () => status(two, "m/x")));
    await logIn(one);
    expect(await calls).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await text(two, "m/me")).toBe("user 7");
    expect(exchanges).toEqual(["POST"]);
    expect([...(await lost(one)), ...(await lost(two))]).toEqual([]);
  });

  test("a logout, and a session that was revoked, are known in all tabs, once", async () => {
    const tabs = await Promise.all([1, 2, 3].map(() => world.tab(context)));
    await Promise.all(tabs.map(tab => status(tab, "m/x")));
    await tabs[0]!.evaluate(() => window.kinto.endSession());
    for (const other of tabs.slice(1)) await other.waitForFunction(() => window.lost.length > 0);
    expect(await Promise.all(tabs.map(lost))).toEqual([[], ["ended"], ["ended"]]);

    await Promise.all(tabs.map(tab => status(tab, "m/x")));
    const token = await tabs[0]!.evaluate(() => window.kinto.token());
    await fetch(`${world.api.replace("api.shop.localhost", "127.0.0.1")}/auth`, {
      method: "DELETE",
      headers: { "Kinto-Authorization": `Bearer ${token}` },
    });
    expect(await status(tabs[0]!, "m/x")).toBe(401);
    for (const tab of tabs) await tab.waitForFunction(() => window.lost.includes("lost"));
    expect(await Promise.all(tabs.map(lost))).toEqual([["lost"], ["ended", "lost"], ["ended", "lost"]]);
    expect(await status(tabs[1]!, "m/x")).toBe(200);
  });

  test("a session that ran out", async () => {
    const page = await world.tab(context, { clientId: "brief" });
    await status(page, "m/x");
    await page.waitForTimeout(1600);
    expect(await status(page, "m/x", { repeatAfterSessionLost: true } as RequestInit)).toBe(200);
    expect(await lost(page)).toEqual(["lost"]);
  });

  test("offline and back: calls fail while it lasts, streams come again behind their last event", async () => {
    const page = await world.tab(context);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard, source: window.kinto.eventSource("m/events") });
      (window as any).source.onmessage = ({ data }: MessageEvent) => heard.push(data);
    });
    await page.waitForFunction(() => (window as any).heard.length === 1);
    await context.setOffline(true);
    const failure = await page.evaluate(() => window.kinto.fetch("m/x").catch(error => error.name));
    expect(failure).toBe("TypeError");
    world.endStreams();
    await context.setOffline(false);
    await page.waitForFunction(() => (window as any).heard.length >= 2);
    expect(await page.evaluate(() => (window as any).heard.slice(0, 2))).toEqual(["first", "1"]);
    expect(await status(page, "m/x")).toBe(200);
    expect(exchanges).toEqual(["POST"]);
  });

  test("the clock is set forward and back", async () => {
    const page = await world.tab(context);
    await logIn(page);
    const now = Date.now();
    for (const shift of [3 * 3600_000, -3 * 3600_000]) {
      await page.clock.setFixedTime(now + shift);
      for (let i = 0; i < 3; i++) expect(await text(page, "m/me")).toBe("user 7");
    }
    expect(exchanges).toEqual(["POST", "PUT", "PUT"]);
    expect(await lost(page)).toEqual([]);
  });

  test("back from the back/forward cache, a page knows what happened meanwhile", async () => {
    const [page, other] = [await world.tab(context), await world.tab(context)];
    await logIn(page);
    await page.evaluate(() => addEventListener("pageshow", event => ((window as any).cached = event.persisted)));
    await page.goto(world.page("other.localhost"));
    await other.evaluate(() => window.kinto.endSession());
    await page.goBack({ waitUntil: "commit" });
    await page.waitForFunction(() => (window as any).cached);
    await page.waitForFunction(() => window.lost.length > 0);
    expect(await lost(page)).toEqual(["ended"]);
  });

  test("a private window has a session of its own", async () => {
    const page = await world.tab(context);
    await logIn(page);
    const otherContext = await world.browser.newContext();
    const other = await world.tab(otherContext);
    expect(await status(other, "m/me")).toBe(403);
    await otherContext.close();
  });

  test("where the browser blocks its storage, the session lasts as long as the page", async () => {
    await context.addInitScript(() => {
      const blocked = {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      };
      Object.defineProperty(window, "localStorage", blocked);
      Object.defineProperty(navigator, "locks", {
        value: { request: () => Promise.reject(new DOMException("denied", "SecurityError")) },
      });
    });
    const page = await world.tab(context);
    await logIn(page);
    expect(await text(page, "m/me")).toBe("user 7");
    expect(exchanges).toEqual(["POST"]);
  });

  test("a keepalive call of a page that goes away arrives", async () => {
    const page = await world.tab(context);
    await status(page, "m/x");
    await page.evaluate(() => {
      addEventListener("pagehide", () => void window.kinto.fetch("m/x?bye", { method: "POST", keepalive: true }));
    });
    await page.goto(world.page("other.localhost"));
    await expect.poll(() => world.calls.includes("POST /x?bye"), { timeout: 10_000 }).toBe(true);
  });

  test("a WebSocket carries the token", async () => {
    const page = await world.tab(context);
    const said = await page.evaluate(async () => {
      const socket = await window.kinto.webSocket("m/ws");
      return new Promise(done => {
        socket.onmessage = ({ data }) => done(data);
        socket.onerror = () => done("error");
      });
    });
    expect(said).toBe("hi");
  });

  test("a gateway that was restarted and knows no sessions", async () => {
    const page = await world.tab(context);
    await logIn(page);
    await world.stopGateway();
    expect(await page.evaluate(() => window.kinto.fetch("m/x").catch(error => error.name))).toBe("TypeError");
    await world.startGateway();
    expect(await status(page, "m/me")).toBe(401);
    expect(await lost(page)).toEqual(["lost"]);
    expect(await status(page, "m/x")).toBe(200);
  });
});
