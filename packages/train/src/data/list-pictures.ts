import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";

/** Files and folders in a folder, links followed, hidden ones left out, in the order of their code units. */
export interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** @throws `invalid-argument` for a folder that is absent, no folder, or may not be read. */
export async function listFolder(folder: string): Promise<Listing> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw noFolder(`there is no folder ${folder}`, cause);
    if (cause.code === "ENOTDIR") throw noFolder(`${folder} is not a folder`, cause);
    throw noFolder(`the folder ${folder} cannot be read: ${cause.code}`, cause);
  });
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const target = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => entry) : entry;
    if (target.isDirectory()) folders.push(entry.name);
    else files.push(entry.name);
  }
  return { folders: folders.sort(), files: files.sort() };
}

const noFolder = (fact: string, cause: unknown) => new EfficientNetError("invalid-argument", fact, { cause });

/**
 * The pictures in a folder and the folders in it, relative to it, with forward slashes.
 *
 * @param extensions - in lower case, with their dots
 */
export async function listPictures(folder: string, extensions: ReadonlySet<string>): Promise<readonly string[]> {
  // A link to a folder around it would be followed for ever.
  const around = new Set<string>();

  async function visit(at: string, prefix: string): Promise<readonly string[]> {
    const place = await realpath(at).catch(() => at);
    if (around.has(place)) return [];
    around.add(place);
    const { folders, files } = await listFolder(at);
    const found = files.filter((name) => extensions.has(extname(name).toLowerCase())).map((name) => prefix + name);
    for (const name of folders) found.push(...(await visit(join(at, name), `${prefix}${name}/`)));
    around.delete(place);
    return found;
  }

  return visit(folder, "");
}
