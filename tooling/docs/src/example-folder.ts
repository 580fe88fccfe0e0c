import { copyFileSync, linkSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../start/run.mjs";
import { SAMPLE_NAMES } from "./sample-files.js";

/**
 * Where an example runs: a folder for a moment, inside the package that the example belongs to, so that its imports
 * resolve as they would for that package; the samples lie beside it.
 */
export interface ExampleFolder extends Disposable {
  readonly path: string;
  /** Writes a file and gives its path. */
  write(name: string, text: string): string;
}

/** @param owner - the folder whose imports the example sees, from the repository's folder. */
export function exampleFolder(owner: string, samples: string): ExampleFolder {
  const path = mkdtempSync(join(root, owner, ".example-"));
  for (const name of SAMPLE_NAMES) link(join(samples, name), join(path, name));
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The samples are large, and may lie on another disk, where there are no links. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
