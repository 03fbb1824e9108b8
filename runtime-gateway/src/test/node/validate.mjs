// Holds OpenAPI documents against the schema of their version; prints what is wrong with each file.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";

for (const file of process.argv.slice(2)) {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(readFileSync(file, "utf8")));
  if (!result.valid || validator.version !== "3.1") {
    console.log(`${file}: ${validator.version}: ${JSON.stringify(result.errors)}`);
    process.exitCode = 1;
  }
}
