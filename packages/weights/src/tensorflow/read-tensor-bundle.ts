import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint, StoredTensor } from "../checkpoint.js";
import { storedTensor } from "../stored-tensor.js";
import { type BundleEntry, parseBundleEntry, parseBundleHeader } from "./bundle-entry.js";
import { crc32c, maskCrc } from "./crc32c.js";
import { readTable } from "./read-table.js";

/** Shard numbers have five digits. */
const MAX_SHARDS = 99_999;

/**
 * Reads a TensorFlow checkpoint (tensor bundle, "V2"): `index` is the file `<name>.index`, and the shards
 * `<name>.data-00000-of-00001` lie beside it. Names and shapes need the index alone; reading an array needs its shard,
 * and compares its CRC-32C.
 *
 * @throws `wrong-file` for a damaged index, and from `read` for a missing, short or damaged shard; `unsupported` for
 * compressed indexes, big-endian data and partitioned variables.
 */
export function readTensorBundle(index: Uint8Array, siblings: ReadonlyMap<string, Uint8Array> = new Map()): Checkpoint {
  const table = readTable(index);
  const header = table[0];
  if (header?.key !== "") {
    throw new EfficientNetError("wrong-file", "the table is no TensorFlow checkpoint: it has no header entry");
  }
  const shards = parseBundleHeader(header.value);
  const findShard = shardFinder(index, siblings, shards);
  const tensors = new Map<string, StoredTensor>();
  for (const { key, value } of table.slice(1)) {
    const entry = parseBundleEntry(key, value);
    if (entry === null) continue;
    if (entry.shard >= shards || shards > MAX_SHARDS) {
      throw new EfficientNetError("wrong-file", `tensor ${JSON.stringify(key)} lies in shard ${entry.shard}`, {
        expected: `a shard below ${Math.min(shards, MAX_SHARDS)}`,
      });
    }
    const { dtype, shape } = entry;
    const read = () => storedTensor(dtype, shape, tensorBytes(key, entry, findShard(entry.shard))).read();
    tensors.set(key, { dtype, shape, read });
  }
  return { format: "tensorflow", tensors, metadata: new Map() };
}

/** Finds shards by the name of the index, or by their numbers alone when the index came without a name. */
function shardFinder(index: Uint8Array, siblings: ReadonlyMap<string, Uint8Array>, count: number) {
  const indexName = [...siblings].find(([, bytes]) => bytes === index)?.[0] ?? "";
  const prefix = indexName.replace(/\.index$/, "");
  const digits = (n: number) => String(n).padStart(5, "0");
  return (shard: number): Uint8Array => {
    const suffix = `.data-${digits(shard)}-of-${digits(count)}`;
    const alike = [...siblings].filter(([name]) => name.endsWith(suffix));
    const found = siblings.get(prefix + suffix) ?? (indexName === "" && alike.length === 1 ? alike[0]?.[1] : undefined);
    if (found) return found;
    const others = [...siblings.keys()].filter((name) => name !== indexName).slice(0, 4);
    throw new EfficientNetError("wrong-file", `the data of this TensorFlow checkpoint is not here`, {
      expected: `the file ${prefix || "<name>"}${suffix} beside the index`,
      received: others.length === 0 ? "the index alone" : others.join(", "),
    });
  };
}

function tensorBytes(name: string, { offset, size, checksum }: BundleEntry, shard: Uint8Array): Uint8Array {
  if (offset + size > shard.length) {
    throw new EfficientNetError("wrong-file", `${name} lies outside of its data file`, {
      expected: `at least ${offset + size} bytes`,
      received: `${shard.length} bytes`,
      hint: "the download may be incomplete, or index and data are of different checkpoints",
    });
  }
  const bytes = shard.subarray(offset, offset + size);
  if (maskCrc(crc32c(bytes)) === checksum) return bytes;
  throw new EfficientNetError("wrong-file", `${name} does not have the checksum that the index states`, {
    hint: "the data file is damaged, or index and data are of different checkpoints",
  });
}
