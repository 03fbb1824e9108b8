import { defineConfig } from "vitest/config";

export default defineConfig({
  // It may lie behind a proxy's path.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    // Where the gateway looks for it on its class path.
    outDir: "../../target/classes/dev/kinto/gateway/admin/console",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What its libraries want to be shipped with it.
    license: { fileName: "licences.txt" },
  },
  test: { include: ["test/*.test.ts", "test/*.test.tsx"] },
});
