import { EfficientNetError } from "@efficientnet/errors";
import type { ManifestGroup } from "./parse-manifest.js";

/** The bytes from `begin` to `end` of a group, gathered from its shards. */
export type ReadGroup = (begin: number, end: number) => Uint8Array;

/**
 * Access to the shards of a group, which lie beside the manifest under the names it gives. Nothing is looked for before
 * the first read. A range within one shard comes back as a view of it.
 *
 * @throws `wrong-file`, from the reads, for missing shards and for shards that do not have the bytes of the arrays.
 */
export function groupReader(group: ManifestGroup, siblings: ReadonlyMap<string, Uint8Array>): ReadGroup {
  let found: readonly Uint8Array[] | undefined;
  return (begin, end) => {
    found ??= findShards(group, siblings);
    let start = 0;
    const parts: Uint8Array[] = [];
    for (const shard of found) {
      const part = shard.subarray(Math.max(0, begin - start), Math.max(0, end - start));
      if (part.length > 0) parts.push(part);
      start += shard.length;
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : join(parts, end - begin);
  };
}

function findShards({ paths, bytes }: ManifestGroup, siblings: ReadonlyMap<string, Uint8Array>): readonly Uint8Array[] {
  const base = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const byBase = new Map([...siblings].map(([name, shard]) => [base(name), shard]));
  const shards = paths.map((path) => {
    const shard = siblings.get(path) ?? byBase.get(base(path));
    if (shard) return shard;
    throw new EfficientNetError("wrong-file", "a weights file of this TensorFlow.js model is not here", {
      expected: `the file ${path.slice(0, 200)} beside the model.json`,
      received: [...siblings.keys()].slice(0, 4).join(", ") || "the model.json alone",
    });
  });
  const total = shards.reduce((sum, shard) => sum + shard.length, 0);
  if (total === bytes) return shards;
  throw new EfficientNetError("wrong-file", "the weights files of this TensorFlow.js model do not fit its model.json", {
    expected: `${bytes} bytes in ${paths.length} files`,
    received: `${total} bytes`,
    hint: "a download may be incomplete",
  });
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
