import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../start/run.mjs";

/**
 * Where an example runs: a folder for a moment, inside the package that the example belongs to, so that its imports
 * resolve as they would for that package.
 */
export interface ExampleFolder extends Disposable {
  readonly path: string;
  /** Writes a file and gives its path. */
  write(name: string, text: string): string;
}

/**
 * @param owner - the folder whose imports the example sees, from the repository's folder.
 * @param samples - a folder with the files that examples name, to be copied into it.
 */
export function exampleFolder(owner: string, samples?: string): ExampleFolder {
  // Git passes over this one, should a run be stopped half way.
  const scratch = join(root, owner, ".vitest");
  mkdirSync(scratch, { recursive: true });
  const path = mkdtempSync(join(scratch, "example-"));
  if (samples !== undefined) cpSync(samples, path, { recursive: true });
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
