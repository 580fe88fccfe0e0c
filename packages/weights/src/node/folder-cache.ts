import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCacheMeta, type WeightsCache } from "../download/weights-cache.js";
import { cacheFolder } from "./cache-folder.js";

const DATA = ".weights";
const META = ".json";
const UNFINISHED = ".unfinished";
const DAY = 24 * 60 * 60 * 1000;

/**
 * Keeps downloads in a folder: for each a file of its bytes and one of JSON beside it. Files appear whole, by renaming.
 * Processes may share the folder without a lock: the last writer of a file wins, and should bytes of one and JSON of
 * another ever meet, their hash does not agree and the copy counts as absent.
 */
export function folderCache(folder = cacheFolder()): WeightsCache {
  const base = (key: string) => join(folder, fileNameOf(key));
  return {
    async read(key) {
      const stored = await readMeta(base(key) + META);
      if (stored?.key !== key) return null;
      const bytes = await unlessAbsent(readFile(base(key) + DATA));
      return bytes === null
        ? null
        : { bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), meta: stored.meta };
    },
    async write(key, bytes, meta) {
      await mkdir(folder, { recursive: true });
      await removeAbandoned(folder);
      await writeWhole(base(key) + DATA, bytes);
      await writeWhole(base(key) + META, JSON.stringify({ key, ...meta }, null, 2));
    },
    async delete(key) {
      await rm(base(key) + META, { force: true });
      await rm(base(key) + DATA, { force: true });
    },
    async list() {
      const names = (await unlessAbsent(readdir(folder))) ?? [];
      const stored = await Promise.all(
        names.filter((name) => name.endsWith(META)).map((name) => readMeta(join(folder, name))),
      );
      return stored.flatMap((entry) => (entry === null ? [] : [entry]));
    },
  };
}

/** Readable, and different for every key on every file system. */
function fileNameOf(key: string): string {
  const readable = key
    .replace(/^\w+:(\/\/)?/, "")
    .replace(/@[^/]*$/, "")
    .replace(/[^\w.-]+/g, "_")
    .slice(-80);
  return `${readable}-${createHash("sha256").update(key).digest("hex").slice(0, 16)}`;
}

async function readMeta(path: string) {
  const text = await unlessAbsent(readFile(path, "utf8"));
  try {
    const stored: unknown = JSON.parse(text ?? "null");
    const meta = parseCacheMeta(stored);
    const key = (stored as { readonly key?: unknown } | null)?.key;
    return meta === null || typeof key !== "string" ? null : { key, meta };
  } catch {
    return null;
  }
}

async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    await writeFile(unfinished, content, { flag: "wx" });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** What a process left that ended while it wrote. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(UNFINISHED)) continue;
    const found = await unlessAbsent(stat(join(folder, name)));
    if (found !== null && Date.now() - found.mtimeMs > DAY) await rm(join(folder, name), { force: true });
  }
}

async function unlessAbsent<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
