import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");

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

test.each(["NodeNext", "bundler"])(
  "the package type-checks in an empty project with %s resolution",
  { timeout: 180_000 },
  resolution => {
    const folder = mkdtempSync(join(tmpdir(), "kinto-package-"));
    const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: folder, stdio: "pipe" });
    try {
      run("npm", "pack", root.pathname, "--ignore-scripts", "--silent");
      writeFileSync(join(folder, "package.json"), '{"type":"module"}');
      const archive = `./kinto-client-${JSON.parse(text("package.json")).version}.tgz`;
      run("npm", "install", archive, "--offline", "--no-audit", "--no-fund", "--silent");
      expect(readdirSync(join(folder, "node_modules")).filter(name => !name.startsWith("."))).toEqual(["@kinto"]);
      mkdirSync(join(folder, "node_modules/@types"));
      for (const peer of ["react", "@types/react", "csstype"]) {
        symlinkSync(join(root.pathname, "node_modules", peer), join(folder, "node_modules", peer));
      }
      cpSync(join(root.pathname, "test/consumer.ts.txt"), join(folder, "main.ts"));
      const module = resolution === "bundler" ? "ESNext" : resolution;
      const options = ["--strict", "--noEmit", "--target", "ES2022", "--lib", "ES2022,DOM", "--types", ""];
      const tsc = join(root.pathname, "node_modules/.bin/tsc");
      run(tsc, ...options, "--module", module, "--moduleResolution", resolution, "main.ts");
      run("node", "--input-type=module", "-e", "await import('@kinto/client'); await import('@kinto/client/axios')");
    } catch (failure) {
      expect.fail(String((failure as { stdout?: Buffer }).stdout) + failure);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
