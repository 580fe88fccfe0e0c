import { stat } from "node:fs/promises";
import { join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import type { CheckpointFiles } from "@efficientnet/weights";
import { cacheFolder } from "@efficientnet/weights/node";
import { hashFiles } from "../files/hash-files.js";
import { readWeights } from "../files/read-weights.js";
import { writeAtomically } from "../files/write-atomically.js";
import { formatQuantity } from "../format/format-quantity.js";
import { formatTable } from "../format/format-table.js";
import type { Report } from "../report.js";

export interface DownloadOptions {
  /** A file, or a folder. */
  readonly to?: string;
  readonly force?: boolean;
}

/** Gets weights into the cache, and a copy where it is wanted. */
export async function download(source: string, { to, force = false }: DownloadOptions, report: Report): Promise<0> {
  const files = byName(await readWeights(source, report));
  const targets = to === undefined ? new Map<string, string>() : await findTargets([...files.keys()], to, force);
  for (const [name, bytes] of files) {
    const target = targets.get(name);
    if (target !== undefined) await writeAtomically(target, bytes);
  }
  const hashes = hashFiles(files, source);
  const found = [...files].map(([name, { length }]) => ({
    file: targets.get(name) ?? name,
    bytes: length,
    sha256: hashes.get(name) ?? "",
  }));
  if (report.json) {
    report.answer(JSON.stringify({ source, cache: cacheFolder(), files: found }, null, 2));
    return 0;
  }
  const columns = [{ title: "file" }, { title: "size", align: "right" as const }, { title: "sha256" }];
  report.answer(
    formatTable(
      columns,
      found.map(({ file, bytes, sha256 }) => [file, formatQuantity(bytes, "B"), sha256]),
    ),
  );
  return 0;
}

function byName(files: CheckpointFiles): ReadonlyMap<string, Uint8Array> {
  return files instanceof Uint8Array ? new Map([["weights", files]]) : files;
}

/** Nothing is written before it is known that all can be. */
async function findTargets(names: readonly string[], to: string, force: boolean): Promise<ReadonlyMap<string, string>> {
  const isFolder = (await stat(to).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder && names.length > 1) {
    throw new EfficientNetError("invalid-argument", `${to} cannot hold ${names.length} files`, {
      expected: "a folder that exists",
    });
  }
  const targets = new Map(names.map((name) => [name, isFolder ? join(to, name) : to]));
  for (const target of targets.values()) {
    if (force || !(await stat(target).catch(() => undefined))) continue;
    throw new EfficientNetError("invalid-argument", `${target} exists`, { hint: "--force replaces it" });
  }
  return targets;
}
