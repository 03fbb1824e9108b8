import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClient, type ClientOptions } from "../src/index.js";
import { FakeGateway, type Answer } from "./gateway.js";

let gateway: FakeGateway;

beforeEach(async () => {
  gateway = await FakeGateway.start();
});

afterEach(() => gateway.stop());

function client(options: Partial<ClientOptions> = {}) {
  return createClient({ baseUrl: gateway.url, clientId: "demo", clientSecret: "demo-secret", ...options });
}

/** An answer that is held back until the test says so. */
function held(answer: Answer): { answer: Answer; release: () => void } {
  let release = () => {};
  const when = new Promise<void>(done => (release = done));
  return { answer: { ...answer, when }, release };
}

describe("addresses", () => {
  test.each(["a/x", "/a/x", "a/x?y=1", "./a/x"])("%s is a path behind the gateway", async path => {
    const kinto = client({ baseUrl: `${gateway.url}/api?ignored#too` });
    gateway.behave({ answers: { "POST /api/auth": { body: '{"token":"token-1","expiresIn":9}' } }, knows: 1 });
    await kinto.fetch(path);
    expect(gateway.requests[1]).toBe(`GET /api/${path.replace(/^\.?\//, "")} token-1`);
  });

  test("another origin gets no token, whatever way it is written", async () => {
    const kinto = client();
    for (const other of [gateway.elsewhere, new URL(gateway.elsewhere), new Request(gateway.elsewhere)]) {
      expect(await (await kinto.fetch(other)).text()).toBe("no token");
    }
    const byProtocol = gateway.elsewhere.replace("http:", "");
    expect(await (await kinto.fetch(byProtocol)).text()).toBe("no token");
    expect(gateway.requests).toEqual([]);
  });

  test("a redirect to another host takes no Authorization along either", async () => {
    gateway.behave({ answers: { "*": { status: 302, to: "elsewhere" } } });
    const response = await client().fetch("a/x", { headers: { Authorization: "Basic secret" } });
    expect(await response.text()).toBe("no token");
  });

  test.each([
    [{ baseUrl: undefined }, /needs baseUrl/],
    [{ clientSecret: undefined }, /needs baseUrl, clientId, clientSecret/],
    [{ baseUrl: "localhost:8080" }, /http:\/\/ or https:\/\/.*localhost:8080/],
    [{ baseUrl: "nonsense" }, /Invalid URL/],
  ])("%o is refused", (options, message) => {
    expect(() => client(options as object)).toThrow(message);
  });
});

describe("a drop-in", () => {
  test("Request objects keep their method, headers and body, and can be repeated", async () => {
    const kinto = client({ repeatAfterSessionLost: true });
    await kinto.fetch("a/x");
    gateway.behave({ ends: "token-1" });
    const request = new Request(`${gateway.url}/a/x`, { method: "POST", body: "text", headers: { "X-One": "1" } });
    const response = await kinto.fetch(request);
    expect(await response.text()).toBe("text");
    expect(gateway.heads.at(-1)!.headers["x-one"]).toBe("1");
    expect(gateway.count("POST /a/x token-2")).toBe(1);
  });

  test.each([
    ["a string", () => "text"],
    ["bytes", () => new TextEncoder().encode("text")],
    ["a Blob", () => new Blob(["text"])],
    ["a form", () => new URLSearchParams("text")],
  ])("%s is sent again", async (_, body) => {
    const kinto = client({ repeatAfterSessionLost: true });
    await kinto.fetch("a/x");
    gateway.behave({ ends: "token-1" });
    expect((await kinto.fetch("a/x", { method: "POST", body: body() })).status).toBe(200);
  });

  test("a stream is sent once", async () => {
    const kinto = client({ repeatAfterSessionLost: true });
    await kinto.fetch("a/x");
    gateway.behave({ ends: "token-1" });
    const body = new Blob(["text"]).stream();
    const response = await kinto.fetch("a/x", { method: "POST", body, duplex: "half" } as RequestInit);
    expect(response.status).toBe(401);
    expect(gateway.count("POST /a/x token-1")).toBe(1);
  });

  test("one call may be repeated though the client's calls are not", async () => {
    const kinto = client();
    await kinto.fetch("a/x");
    gateway.behave({ ends: "token-1" });
    expect((await kinto.fetch("a/x", { repeatAfterSessionLost: true })).status).toBe(200);
  });

  test.each([
    [307, "POST", "POST /a/y token-1", "text"],
    [308, "POST", "POST /a/y token-1", "text"],
    [301, "POST", "GET /a/y token-1", "hello"],
    [303, "PUT", "GET /a/y token-1", "hello"],
    [302, "DELETE", "DELETE /a/y token-1", "hello"],
  ])("%i after %s becomes %s", async (status, method, request, text) => {
    gateway.behave({ answers: { "/a/x": { status, to: "/a/y" } } });
    const body = method === "DELETE" ? undefined : "text";
    const response = await client().fetch("a/x", { method, body });
    expect(await response.text()).toBe(text);
    expect(gateway.count(request)).toBe(1);
  });

  test("redirects are followed as the gateway shows them to browsers", async () => {
    gateway.behave({ answers: { "/a/x": { status: 204, headers: { "Kinto-Redirect": "303" }, to: "/a/y" } } });
    expect(await (await client().fetch("a/x", { method: "POST" })).text()).toBe("hello");
    expect(gateway.heads[1]!.headers["kinto-redirect"]).toBe("shown");
  });

  test("redirects end", async () => {
    gateway.behave({ answers: { "/a/x": { status: 302, to: "/a/x" } } });
    await expect(client().fetch("a/x")).rejects.toThrow(/redirects, too often/);
    expect(gateway.count("GET /a/x token-1")).toBe(21);
  });

  test("redirect: manual and error are the platform's", async () => {
    gateway.behave({ answers: { "/a/x": { status: 302, to: "/a/y" } } });
    expect((await client().fetch("a/x", { redirect: "manual" })).status).toBe(302);
    await expect(client().fetch("a/x", { redirect: "error" })).rejects.toThrow(TypeError);
  });
});

describe("aborting", () => {
  test("ends the wait for a token at once, and the token serves the next call", async () => {
    const { answer, release } = held({ body: '{"token":"token-1","expiresIn":1800}' });
    gateway.behave({ answers: { "POST /auth": answer }, knows: 1 });
    const kinto = client();
    const abort = new AbortController();
    const call = kinto.fetch("a/x", { signal: abort.signal });
    const other = kinto.fetch("a/y");
    await gateway.until("POST /auth");
    abort.abort(new Error("not wanted"));
    await expect(call).rejects.toThrow("not wanted");
    release();
    expect((await other).status).toBe(200);
    expect(gateway.requests).toEqual(["POST /auth", "GET /a/y token-1"]);
  });

  test("a call that was aborted before sends nothing", async () => {
    const kinto = client();
    await expect(kinto.fetch("a/x", { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await expect(kinto.fetch(new Request(`${gateway.url}/a/x`, { signal: AbortSignal.abort() }))).rejects.toThrow(
      /abort/i,
    );
    expect(gateway.count("GET /a/x token-1")).toBe(0);
  });
});

describe("a login under way", () => {
  test("a call with the token from before waits for its answer", async () => {
    const kinto = client();
    await kinto.fetch("a/x");
    const { answer, release } = held({ rotates: true });
    gateway.behave({ answers: { "/auth/login": answer }, ends: "token-1", refusal: "token-replaced" });
    const login = kinto.fetch("auth/login", { method: "POST" });
    await gateway.until("POST /auth/login token-1");
    const poll = kinto.fetch("a/poll");
    await gateway.until("GET /a/poll token-1");
    release();
    expect((await login).status).toBe(200);
    expect((await poll).status).toBe(200);
    expect(gateway.count("GET /a/poll token-2")).toBe(1);
    expect(gateway.count("POST /auth")).toBe(1);
  });

  test("the end of the session ends what it began", async () => {
    const kinto = client();
    await kinto.fetch("a/x");
    const { answer, release } = held({ rotates: true });
    gateway.behave({ answers: { "/auth/login": answer }, ends: "token-1", refusal: "token-replaced" });
    const login = kinto.fetch("auth/login", { method: "POST" });
    await gateway.until("POST /auth/login token-1");
    const end = kinto.endSession();
    await gateway.until("DELETE /auth token-1");
    release();
    await Promise.all([login, end]);
    expect(gateway.count("DELETE /auth token-2")).toBe(1);
    expect(await kinto.token()).toBe("token-3");
  });

  test("a session whose new token is lost with the answer is lost", async () => {
    let lost = 0;
    const kinto = client({ onSessionLost: () => lost++ });
    await kinto.fetch("a/x");
    gateway.behave({ answers: { "/auth/login": { hangUp: true } }, ends: "token-1", refusal: "token-replaced" });
    await expect(kinto.fetch("auth/login", { method: "POST" })).rejects.toThrow();
    expect((await kinto.fetch("a/x")).status).toBe(401);
    expect(lost).toBe(1);
    expect((await kinto.fetch("a/x")).status).toBe(200);
  });
});

describe("an application's mistakes", () => {
  test("a listener that throws breaks no call, and one that logs in again comes before the repetition", async () => {
    const kinto = client({
      repeatAfterSessionLost: true,
      onSessionLost: async () => {
        await kinto.fetch("auth/login", { method: "POST" });
        throw new Error("of the application, on purpose");
      },
    });
    await kinto.fetch("a/x");
    gateway.behave({ ends: "token-1" });
    expect((await kinto.fetch("a/x")).status).toBe(200);
    expect(gateway.requests.slice(-2)).toEqual(["POST /auth/login token-2", "GET /a/x token-2"]);
  });

  test("a storage that does not take the token gets it with the next call", async () => {
    let fails = true;
    let stored = "";
    const save = (text: string) => {
      if (fails) throw new Error("full, on purpose");
      stored = text;
    };
    const kinto = client({ storage: { load: () => null, save, clear: () => {} } });
    await kinto.fetch("a/x");
    expect(stored).toBe("");
    fails = false;
    await kinto.fetch("a/x");
    expect(stored).toContain("token-1");
    expect(gateway.count("POST /auth")).toBe(1);
  });

  test("a storage that cannot be read fails the call, which is tried again", async () => {
    let fails = true;
    const load = async () => {
      if (fails) throw new Error("locked");
      return null;
    };
    const kinto = client({ storage: { load, save: async () => {}, clear: async () => {} } });
    await expect(kinto.fetch("a/x")).rejects.toMatchObject({ code: "storage-failed", cause: { message: "locked" } });
    fails = false;
    expect((await kinto.fetch("a/x")).status).toBe(200);
  });
});
