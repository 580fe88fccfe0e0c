import { EfficientNetError } from "@efficientnet/errors";
import { storageType } from "./element-types.js";
import { wrongType } from "./pickle-machine.js";
import type { PickleStorage, PickleValue } from "./pickle-value.js";
import { isKind, requireCount } from "./rebuild-tensor.js";

/** The storages a pickle refers to, by key. */
export interface StorageTable {
  readonly storages: ReadonlyMap<string, PickleStorage>;
  resolve(id: PickleValue): PickleValue;
}

/**
 * Reads persistent ids: `("storage", class, key, location, length)`, in old files with the part of the storage that is
 * meant, and `("module", class, file, source)` of whole models, of which only the name of the class is taken.
 */
export function storageTable(): StorageTable {
  const storages = new Map<string, PickleStorage>();
  return {
    storages,
    resolve(id) {
      const [kind = null, type = null, key = null, , length = null, view = null] = isKind(id, "tuple") ? id.items : [];
      if (kind === "module" && isKind(type, "global")) return type;
      if (kind !== "storage" || typeof key !== "string" || !isKind(type, "global")) {
        throw wrongType("refer to data outside it", "a storage", isKind(id, "tuple") ? kind : id);
      }
      const dtype = storageType(type.name);
      if (dtype === undefined) throw wrongType("refer to a storage", "a storage class", type);
      const storageLength = requireCount(length);
      const whole: PickleStorage = { kind: "storage", key, dtype, storageLength, offset: 0, length: storageLength };
      addStorage(storages, whole);
      return view === null ? whole : partOf(whole, view);
    },
  };
}

function addStorage(storages: Map<string, PickleStorage>, storage: PickleStorage): void {
  const known = storages.get(storage.key);
  if (known !== undefined && (known.dtype !== storage.dtype || known.storageLength !== storage.storageLength)) {
    throw new EfficientNetError("wrong-file", `the pickle describes storage ${quote(storage.key)} in two ways`);
  }
  storages.set(storage.key, storage);
}

/** `(key, offset, length)` in old files. */
function partOf(whole: PickleStorage, view: PickleValue): PickleStorage {
  if (!isKind(view, "tuple")) throw wrongType("refer to a part of a storage", "a tuple", view);
  const [offset, length] = [requireCount(view.items[1] ?? null), requireCount(view.items[2] ?? null)];
  if (offset + length <= whole.storageLength) return { ...whole, offset, length };
  throw new EfficientNetError("wrong-file", `a part of storage ${quote(whole.key)} lies outside it`, {
    expected: `at most ${whole.storageLength} elements`,
    received: `${length} from element ${offset}`,
  });
}

export function quote(key: string): string {
  return JSON.stringify(key.slice(0, 100));
}
