// What the apidoc tool makes of each file whose name comes on standard input, one a line: a line of JSON each, null
// where the tool stops. To be run in a folder into which apidoc is installed; compare-with-apidoc.py does.
const fs = require("fs"), os = require("os"), path = require("path");
const lib = path.resolve("node_modules/apidoc/lib/core");
const quiet = () => {};

for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  // The tool keeps definitions from one run to the next.
  Object.keys(require.cache).filter(key => key.startsWith(lib)).forEach(key => delete require.cache[key]);
  const core = require(lib);
  core.setLogger({ debug: quiet, verbose: quiet, info: quiet, warn: quiet, error: quiet });
  core.setMarkdownParser(false);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "apidoc-"));
  fs.copyFileSync(file, path.join(folder, path.basename(file)));
  let parsed = false;
  try {
    parsed = core.parse({ src: folder, includeFilters: [".*"] });
  } catch {
    // As good as a refusal.
  }
  fs.rmSync(folder, { recursive: true });
  console.log(JSON.stringify(parsed === false ? null : JSON.parse(parsed.data || "[]")));
}
