import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    target: "es2022",
    minify: "terser",
    terserOptions: {
      module: true,
      format: { comments: false, preserve_annotations: false },
      compress: { passes: 3, unsafe_arrows: true, ecma: 2020 },
    },
    sourcemap: true,
    lib: { entry: { index: "src/index.ts", react: "src/react.ts", axios: "src/axios.ts" }, formats: ["es"] },
    rolldownOptions: { external: ["react"] },
  },
  test: {
    silent: "passed-only",
    // Not by speed: the machine may be busy with other builds.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    include: ["test/**/*.test.ts"],
  },
});
