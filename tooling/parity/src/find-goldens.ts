import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileGoldens } from "./file-goldens.js";
import type { Golden, GoldenKind } from "./golden.js";
import { netGoldens } from "./net-goldens.js";
import { photographGoldens } from "./photograph-goldens.js";
import { resizeGoldens } from "./resize-goldens.js";
import { trainGoldens } from "./train-goldens.js";

const KINDS: readonly GoldenKind[] = [netGoldens, fileGoldens, resizeGoldens, photographGoldens, trainGoldens];

/**
 * The goldens in a file, or in a folder and all below it. What a JSON file holds decides, not its name.
 *
 * @throws Error when there is no such file or folder.
 */
export function findGoldens(path: string): readonly Golden[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .sort()
      .flatMap((entry) => findGoldens(join(path, entry)));
  }
  if (!path.endsWith(".json")) return [];
  const content: unknown = JSON.parse(readFileSync(path, "utf8"));
  return KINDS.flatMap((kind) => kind(path, content));
}
