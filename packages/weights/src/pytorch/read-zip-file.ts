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
  const { value } = readPickle(readFile(files, `${folder}data.pkl`), 0, resolve);
  for (const storage of storages.values()) checkStorage(files, folder, storage);
  return namedTensors(value, (tensor) =>
    viewTensor(tensor, { bigEndian, read: () => readFile(files, `${folder}data/${tensor.storage.key}`) }),
  );
}

/** `archive/` or the name the file once had. */
function findFolder(files: Files): string {
  const found = [...files.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.slice(0, -"data.pkl".length);
  throw new EfficientNetError("wrong-file", `the PyTorch file has ${found.length} data.pkl`, { expected: "one" });
}

function readFile(files: Files, name: string): Uint8Array {
  const entry = files.get(name);
  if (entry === undefined) throw new EfficientNetError("wrong-file", `the PyTorch file has no ${quote(name)}`);
  return entry.read();
}

/** A small file that older versions do not write. */
function readText(files: Files, name: string): string | undefined {
  const entry = files.get(name);
  return entry && new TextDecoder().decode(entry.read().subarray(0, 32)).trim();
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
