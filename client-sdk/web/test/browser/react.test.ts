import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { createElement } from "react";
import { renderToReadableStream } from "react-dom/server";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClient } from "../../dist/index.js";
import { App, userOf } from "./react-page.js";
import { missing, World } from "./world.js";

if (missing && process.env["CI"]) throw new Error(missing);

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Code with React and the built package, as a module for a page: in development mode, where React is strict. */
async function bundle(code: string): Promise<string> {
  const entry = file("entry.tsx");
  const built = await build({
    configFile: false,
    logLevel: "error",
    mode: "development",
    define: { "process.env.NODE_ENV": '"development"' },
    resolve: {
      alias: { "@kinto/client/react": file("../../dist/react.js"), "@kinto/client": file("../../dist/index.js") },
    },
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ["es"] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
    plugins: [
      {
        name: "entry",
        enforce: "pre",
        resolveId: id => (id === entry ? id : null),
        load: id => (id === entry ? code : null),
      },
    ],
  });
  const output = [built].flat()[0] as { output: { code: string }[] };
  return output.output[0]!.code;
}

const PAGE = `
  import { createRoot, hydrateRoot } from "react-dom/client";
  import { createElement } from "react";
  import { createClient } from "@kinto/client";
  import { App } from "./react-page.tsx";
  Object.assign(window, { createRoot, hydrateRoot, createElement, createClient, App });`;

describe.skipIf(missing)("React in a browser", { timeout: 60_000 }, () => {
  let world: World;
  let context: BrowserContext;
  let complaints: string[];

  beforeAll(async () => {
    world = await World.start();
    world.files.set("/react.js", await bundle(PAGE));
  }, 120_000);

  afterAll(async () => world?.stop(), 60_000);

  beforeEach(async () => {
    context = await world.browser.newContext();
    complaints = [];
    context.on("weberror", error => complaints.push(String(error.error())));
    context.on("console", message => {
      const text = message.text();
      if (message.type() === "error" && !text.startsWith("Failed to load resource")) complaints.push(text);
    });
  });

  afterEach(async () => context.close());

  const options = () => ({ baseUrl: world.api, clientId: "demo", clientSecret: "demo-secret" });

  async function open(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(world.page() + path);
    await page.waitForFunction(() => "App" in window);
    return page;
  }

  /** Renders the application into an empty page. */
  async function render(page: Page): Promise<void> {
    await page.evaluate(given => {
      const { createRoot, createElement, createClient, App } = window as any;
      const kinto = ((window as any).kinto = createClient(given));
      createRoot(document.getElementById("root")).render(createElement(App, { kinto }));
    }, options());
  }

  async function logIn(): Promise<void> {
    const page = await world.tab(context);
    await page.evaluate(() => window.kinto.fetch("m/login", { method: "POST" }));
    await page.close();
  }

  test("Strict Mode and Suspense: one exchange, and a logout while something is awaited is seen at once", async () => {
    world.files.set("/empty", '<!doctype html><div id="root"></div><script type="module" src="/react.js"></script>');
    await logIn();
    const page = await open("/empty");
    const exchanges: string[] = [];
    page.on("request", request => {
      if (new URL(request.url()).pathname === "/auth" && request.method() !== "OPTIONS")
        exchanges.push(request.method());
    });
    let release = () => {};
    const held = new Promise<void>(done => (release = done));
    await page.route("**/m/me", async route => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest("**/m/me");
    await render(page);
    await asked;
    await page.locator("button", { hasText: "active" }).waitFor();
    expect(await page.textContent("#user")).toBe("…");

    const other = await world.tab(context);
    await other.evaluate(() => window.kinto.endSession());
    await page.locator("button", { hasText: "ended" }).waitFor();
    expect(await page.textContent("#user")).toBe("…");
    await other.evaluate(() => window.kinto.fetch("m/x"));
    await page.locator("button", { hasText: "active" }).waitFor();
    expect(exchanges).toEqual([]);
    expect(complaints).toEqual([]);
    release();
  });

  test("what the server rendered is taken over as it is, and then says what this browser knows", async () => {
    // The server's own session, which is that of nobody in the browser.
    const kinto = createClient({ ...options(), baseUrl: world.api.replace("api.shop.localhost", "127.0.0.1") });
    await kinto.fetch("m/login", { method: "POST" });
    const stream = await renderToReadableStream(createElement(App, { kinto, user: userOf(kinto) }));
    await stream.allReady;
    const html = await new Response(stream).text();
    expect(html).toContain(">none</button>");
    expect(html).toContain("user 7");
    world.files.set(
      "/rendered",
      `<!doctype html><div id="root">${html}</div><script type="module" src="/react.js"></script>`,
    );

    await logIn();
    const page = await open("/rendered");
    await page.evaluate(async given => {
      const { hydrateRoot, createElement, createClient, App } = window as any;
      const client = ((window as any).kinto = createClient(given));
      // The session is known before React looks at it.
      await client.fetch("m/x");
      hydrateRoot(document.getElementById("root"), createElement(App, { kinto: client, user: "user 7" }), {
        onRecoverableError: (error: unknown) => console.error(`not hydrated: ${error}`),
      });
    }, options());
    await page.locator("button", { hasText: "active" }).waitFor();
    await page.locator('#user[title="none active"]').waitFor();
    await page.locator("button").click();
    await page.locator("button", { hasText: "ended" }).waitFor();
    expect(complaints).toEqual([]);
    await kinto.endSession();
  });

  test("the README's component", async () => {
    const [, snippet] = /```jsx\n(.*?)```/s.exec(readFileSync(file("../../README.md"), "utf8"))!;
    const code = `
      import { createRoot } from "react-dom/client";
      import { createClient } from "@kinto/client";
      const kinto = createClient(${JSON.stringify(options())});
      const Login = () => <button onClick={() => kinto.fetch("m/login", { method: "POST" })}>Log in</button>;
      ${snippet}
      createRoot(document.body).render(<App />);`;
    world.files.set("/snippet.js", await bundle(code));
    world.files.set("/snippet", '<!doctype html><script type="module" src="/snippet.js"></script>');
    const page = await context.newPage();
    await page.goto(`${world.page()}/snippet`);
    await page.getByText("Log in").click();
    await page.getByText("Log out").click();
    await page.getByText("Log in").waitFor();
    expect(complaints).toEqual([]);
  });
});
