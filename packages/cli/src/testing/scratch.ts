import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";

/** A folder for one test file. */
export interface Scratch {
  path(...names: readonly string[]): string;
  /** Writes a file, with the folders it is in, and answers with its path. */
  write(name: string, content: string | Uint8Array): string;
  /** What was printed, without the folder's own path. */
  strip(text: string): string;
  remove(): void;
}

export function createScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "efficientnet-cli-"));
  const path = (...names: readonly string[]) => join(folder, ...names);
  return {
    path,
    write(name, content) {
      const file = path(...name.split("/"));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    strip: (text) => text.replaceAll(folder + sep, ""),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
