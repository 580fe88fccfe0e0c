import { join } from "node:path";
import { formatMermaid } from "../../graph/src/format-mermaid.js";
import { readPackages } from "../../graph/src/read-packages.js";
import { root } from "../../start/run.mjs";

/** The package graph as a fenced mermaid block. */
export function packageGraph(): string {
  return ["```mermaid", formatMermaid(readPackages(join(root, "packages"))), "```"].join("\n");
}
