import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { beforeAll, expect, test } from "vitest";

const root = new URL("../", import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");

beforeAll(async () => {
  await build({ root: root.pathname, logLevel: "error" });
});

test("the core has at most 4 KiB, compressed, with all that it loads at once", () => {
  const core = text("dist/index.js");
  expect(core).not.toMatch(/\bimport\s*[{*"']|\bfrom\s*["']/);
  expect(gzipSync(core, { level: 9 }).length).toBeLessThanOrEqual(4096);
});

test("nothing has to be installed with it, and its source can be read in a debugger", () => {
  expect(Object.keys(JSON.parse(text("package.json")))).not.toContain("dependencies");
  expect(JSON.parse(text("dist/index.js.map")).sourcesContent.join()).toContain("export function createClient");
});

test("the lock file names no registry", () => {
  const locked = text("package-lock.json").match(/"resolved": ".*"/g) ?? [];
  expect(locked.filter(line => !line.includes("https://registry.npmjs.org/"))).toEqual([]);
});
