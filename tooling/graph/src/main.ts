import { fileURLToPath } from "node:url";
import { findViolations } from "./find-violations.js";
import { formatMermaid } from "./format-mermaid.js";
import { readPackages } from "./read-packages.js";

const packages = readPackages(fileURLToPath(new URL("../../../packages", import.meta.url)));
if (process.argv.includes("--mermaid")) {
  console.log(formatMermaid(packages));
} else {
  const violations = findViolations(packages);
  for (const violation of violations) console.error(violation);
  console.log(`${packages.length} packages, ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
