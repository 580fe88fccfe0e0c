import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint, StoredTensor } from "../checkpoint.js";
import { showJson } from "../show-json.js";
import { LENGTH_BYTES, readSafetensors } from "./read-safetensors.js";

/**
 * Reads the safetensors files among others as one checkpoint; where an index (`model.safetensors.index.json`) is among
 * them, every array must be in the file that it names.
 *
 * @throws `wrong-file` for damaged files, an array that two files have, or one that is missing.
 */
export function readShards(files: ReadonlyMap<string, Uint8Array>): Checkpoint {
  const homes = new Map<string, string>();
  const tensors = new Map<string, StoredTensor>();
  const metadata = new Map<string, string>();
  for (const [file, bytes] of [...files].filter(([, bytes]) => isSafetensors(bytes))) {
    const shard = readSafetensors(bytes);
    for (const [name, tensor] of shard.tensors) {
      const other = homes.get(name);
      if (other !== undefined) {
        throw new EfficientNetError("wrong-file", `${JSON.stringify(name.slice(0, 200))} is in two files`, {
          received: `${other} and ${file}`,
        });
      }
      homes.set(name, file);
      tensors.set(name, tensor);
    }
    for (const [key, value] of shard.metadata) metadata.set(key, value);
  }
  for (const [name, bytes] of files) if (name.endsWith(".index.json")) checkIndex(bytes, homes);
  return { format: "safetensors", tensors, metadata };
}

/** The header's length needs four bytes at most, so that the text of an index cannot be mistaken for one. */
function isSafetensors(bytes: Uint8Array): boolean {
  return bytes[LENGTH_BYTES] === 0x7b && bytes.subarray(4, LENGTH_BYTES).every((byte) => byte === 0);
}

function checkIndex(bytes: Uint8Array, homes: ReadonlyMap<string, string>): void {
  let index: unknown;
  try {
    index = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "the index of the weights files is no JSON", { cause });
  }
  const map = (index as { readonly weight_map?: unknown } | null)?.weight_map;
  const listed = typeof map === "object" && map !== null ? Object.entries(map) : [];
  const wrong = listed.find(([name, file]) => homes.get(name) !== file);
  if (wrong === undefined) return;
  const [name, file] = wrong;
  throw new EfficientNetError("wrong-file", `${JSON.stringify(name.slice(0, 200))} is not where the index says`, {
    expected: `in ${showJson(file, 200)}`,
    received: `in ${homes.get(name) ?? "no file"}`,
  });
}
