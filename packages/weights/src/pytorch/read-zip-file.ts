import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { BYTES_PER_ELEMENT } from "../dtype.js";
import { readZip, type ZipEntry } from "../zip/read-zip.js";
import { namedTensors } from "./named-tensors.js";
import type { PickleStorage } from "./pickle-value.js";
import { readPickle } from "./read-pickle.js";
import { quote, storageTable } from "./storage-id.js";
import { viewTensor } from "./view-tensor.js";

/** The newest format of torch 2; files state 3 so far. */
const MAX_VERSION = 10;
/** A checkpoint of 3000 tensors with its optimiser and averages takes about 1 MB. */
const MAX_PICKLE_BYTES = 1 << 26;
const MAX_TEXT_BYTES = 32;

type Files = ReadonlyMap<string, ZipEntry>;

/** Reads what `torch.save` writes since 1.6: a zip with `data.pkl` and one file per storage under one folder. */
export function readZipFile(bytes: Uint8Array): Checkpoint {
  const files = readZip(bytes);
  const folder = findFolder(files);
  if (files.has(`${folder}constants.pkl`)) {
    throw new EfficientNetError("unsupported", "this is a TorchScript archive, not a state dict", {
      hint: "save model.state_dict() with torch.save",
    });
  }
  checkVersion(readText(files, `${folder}version`));
  const bigEndian = isBigEndian(readText(files, `${folder}byteorder`));
  const { storages, resolve } = storageTable();
  const { value } = readPickle(readFile(files, `${folder}data.pkl`, MAX_PICKLE_BYTES), 0, resolve);
  for (const storage of storages.values()) checkStorage(files, folder, storage);
  const readStorage = readOnce((key) => readFile(files, `${folder}data/${key}`));
  return namedTensors(value, (tensor) =>
    viewTensor(tensor, { bigEndian, read: () => readStorage(tensor.storage.key) }),
  );
}

/** `archive/` or the name the file once had. */
function findFolder(files: Files): string {
  const found = [...files.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.slice(0, -"data.pkl".length);
  throw new EfficientNetError("wrong-file", `the PyTorch file has ${found.length} data.pkl`, { expected: "one" });
}

function readFile(files: Files, name: string, limit = Number.POSITIVE_INFINITY): Uint8Array {
  const entry = files.get(name);
  if (entry !== undefined && entry.size <= limit) return entry.read();
  throw new EfficientNetError("wrong-file", `the PyTorch file has no ${quote(name)} of a possible size`, {
    ...(entry ? { expected: `at most ${limit} bytes`, received: `${entry.size} bytes` } : {}),
  });
}

/** Bytes that PyTorch stores are views; those that others deflated are inflated once, however many tensors share them. */
function readOnce(read: (key: string) => Uint8Array): (key: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (key) => {
    const bytes = known.get(key) ?? read(key);
    known.set(key, bytes);
    return bytes;
  };
}

/** A small file that older versions do not write. */
function readText(files: Files, name: string): string | undefined {
  return files.has(name) ? new TextDecoder().decode(readFile(files, name, MAX_TEXT_BYTES)).trim() : undefined;
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || Number(version) <= MAX_VERSION) return;
  throw new EfficientNetError("unsupported", "the PyTorch file is of a newer format", {
    expected: `at most version ${MAX_VERSION}`,
    received: JSON.stringify(version),
  });
}

function isBigEndian(order: string | undefined): boolean {
  if (order === undefined || order === "little" || order === "big") return order === "big";
  throw new EfficientNetError("wrong-file", "the PyTorch file has an unknown byte order", {
    expected: "little, big",
    received: JSON.stringify(order),
  });
}

function checkStorage(files: Files, folder: string, { key, dtype, storageLength }: PickleStorage): void {
  const expected = storageLength * (dtype === null ? 1 : BYTES_PER_ELEMENT[dtype]);
  const size = files.get(`${folder}data/${key}`)?.size;
  if (size === expected) return;
  throw new EfficientNetError("wrong-file", `the PyTorch file lacks the data of storage ${quote(key)}`, {
    expected: `${expected} bytes`,
    received: size === undefined ? "no file" : `${size} bytes`,
  });
}
