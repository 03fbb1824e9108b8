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
    lib: { entry: { index: "src/index.ts" }, formats: ["es"] },
  },
  test: {
    silent: "passed-only",
    include: ["test/**/*.test.ts"],
  },
});
