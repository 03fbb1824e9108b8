import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // It lies behind a path of the gateway's: /<clientId>/<microservice>/.
  base: "./",
  plugins: [react()],
  // npm links the client, which has a React of its own for its tests.
  resolve: { dedupe: ["react"] },
  build: { rolldownOptions: { input: ["index.html", "tabs.html"] } },
});
