import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../start/run.mjs";
import { backendsTable } from "./backends-table.js";
import { packageGraph } from "./package-graph.js";
import { packagesTable } from "./packages-table.js";
import { replaceSection } from "./sections.js";
import { variantsTable } from "./variants-table.js";

/** The documents with generated sections, and what makes each section. */
const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  "README.md": { packages: packagesTable, backends: backendsTable },
  "tooling/docs/variants.md": { variants: variantsTable },
  "tooling/docs/architecture.md": { graph: packageGraph },
};

/** A document whose generated sections are not what they would be now. */
export interface OutdatedDocument {
  /** From the repository's folder. */
  readonly path: string;
  readonly text: string;
}

/** The documents that generating again would change, with the text they would have. */
export function outdatedDocuments(): readonly OutdatedDocument[] {
  return Object.entries(DOCUMENTS).flatMap(([path, sections]) => {
    const written = readFileSync(join(root, path), "utf8");
    const text = Object.entries(sections).reduce(
      (document, [name, generate]) => replaceSection(document, name, generate()),
      written,
    );
    return text === written ? [] : [{ path, text }];
  });
}

export function writeDocument({ path, text }: OutdatedDocument): void {
  writeFileSync(join(root, path), text);
}
