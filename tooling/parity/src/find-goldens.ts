import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { isNetGolden, type NetGolden } from "./net-golden.js";

/** Something the command can check, with where it was found. */
export type Golden = { readonly kind: "net"; readonly name: string; readonly read: () => NetGolden };

/**
 * The goldens in a file, or in a folder and all below it. What a JSON file holds decides, not its name; large goldens
 * are read again when their turn comes.
 *
 * @throws Error when there is no such file or folder.
 */
export function findGoldens(path: string): readonly Golden[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .sort()
      .flatMap((entry) => findGoldens(join(path, entry)));
  }
  return path.endsWith(".json") ? goldensIn(path) : [];
}

function goldensIn(file: string): readonly Golden[] {
  const parse = (): unknown => JSON.parse(readFileSync(file, "utf8"));
  if (!isNetGolden(parse())) return [];
  return [{ kind: "net", name: basename(file, ".json"), read: () => parse() as NetGolden }];
}
