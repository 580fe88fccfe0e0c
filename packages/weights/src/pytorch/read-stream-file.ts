import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { BYTES_PER_ELEMENT } from "../dtype.js";
import { byteReader } from "./byte-reader.js";
import { namedTensors } from "./named-tensors.js";
import { wrongType } from "./pickle-machine.js";
import type { PickleStorage, PickleValue } from "./pickle-value.js";
import { readPickle } from "./read-pickle.js";
import { isKind } from "./rebuild-tensor.js";
import { quote, storageTable } from "./storage-id.js";
import { viewTensor } from "./view-tensor.js";

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/**
 * Reads what `torch.save` wrote up to 1.5, and writes when asked for no zip: five pickles (a magic number, a protocol,
 * the system, the object, the keys of its storages), then for each key a 64-bit count and the elements.
 */
export function readStreamFile(bytes: Uint8Array): Checkpoint {
  const { storages, resolve } = storageTable();
  let at = 0;
  const next = (): PickleValue => {
    const { value, end } = readPickle(bytes, at, resolve);
    at = end;
    return value;
  };
  if (next() !== MAGIC) {
    throw new EfficientNetError("wrong-file", "this pickle was not written by torch.save", {
      hint: "save model.state_dict() with torch.save",
    });
  }
  const protocol = next();
  if (protocol !== PROTOCOL) throw wrongType("be read", `PyTorch's protocol ${PROTOCOL}`, protocol);
  const bigEndian = isBigEndian(next());
  const root = next();
  const parts = readStorages(bytes, keysOf(next()), storages, at);
  return namedTensors(root, (tensor) => {
    const part = parts.get(tensor.storage.key);
    if (part === undefined) throw missing(tensor.storage.key);
    return viewTensor(tensor, { bigEndian, read: () => part });
  });
}

function isBigEndian(system: PickleValue): boolean {
  return isKind(system, "dict") && system.entries.get("little_endian") === false;
}

function keysOf(value: PickleValue): readonly string[] {
  const keys = isKind(value, "list") ? value.items : [];
  if (isKind(value, "list") && keys.every((key) => typeof key === "string")) return keys;
  throw wrongType("list its storages", "a list of strings", value);
}

function readStorages(
  bytes: Uint8Array,
  keys: readonly string[],
  storages: ReadonlyMap<string, PickleStorage>,
  start: number,
): ReadonlyMap<string, Uint8Array> {
  const reader = byteReader(bytes, start);
  const parts = new Map<string, Uint8Array>();
  for (const key of keys) {
    const storage = storages.get(key);
    const count = reader.u64();
    if (storage === undefined || parts.has(key) || count !== storage.storageLength) {
      throw new EfficientNetError("wrong-file", `storage ${quote(key)} is not the one the pickle describes`, {
        expected: storage ? `${storage.storageLength} elements` : "a key that the pickle names",
        received: parts.has(key) ? "its key twice" : `${count} elements`,
      });
    }
    parts.set(key, reader.take(count * (storage.dtype === null ? 1 : BYTES_PER_ELEMENT[storage.dtype])));
  }
  if (reader.position() === bytes.byteLength) return parts;
  throw new EfficientNetError("wrong-file", "the PyTorch file has bytes after its last storage", {
    received: `${bytes.byteLength - reader.position()} bytes`,
  });
}

function missing(key: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `the PyTorch file lacks the data of storage ${quote(key)}`, {
    hint: "the download may be incomplete",
  });
}
