import type { StoredTensor } from "../checkpoint.js";
import { storedTensor } from "../stored-tensor.js";
import type { ManifestEntry } from "./parse-manifest.js";
import type { ReadGroup } from "./shard-bytes.js";

/** One array; quantised ones are q * scale + min, computed at each read. */
export function manifestTensor({ shape, stored, begin, end }: ManifestEntry, readGroup: ReadGroup): StoredTensor {
  const dtype = typeof stored === "string" ? stored : stored.stored;
  const raw = () => storedTensor(dtype, shape, readGroup(begin, end)).read();
  if (typeof stored === "string") return { dtype, shape, read: raw };
  return { dtype, shape, read: () => raw().map((q) => q * stored.scale + stored.min) };
}
