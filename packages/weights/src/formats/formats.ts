import type { Checkpoint, CheckpointFormat } from "../checkpoint.js";
import { isHdf5 } from "../hdf5/is-hdf5.js";
import { isKerasZip } from "../keras/is-keras-zip.js";
import { isTorchStream, isTorchZip } from "../pytorch/detect-pytorch.js";
import { LENGTH_BYTES, readSafetensors } from "../safetensors/read-safetensors.js";
import { isTable } from "../tensorflow/is-table.js";
import { isManifest } from "../tfjs/is-manifest.js";
import { isTflite } from "../tflite/is-tflite.js";

/** Reads one file, or an index with the files beside it, by name. */
export type ReadFormat = (
  bytes: Uint8Array,
  siblings: ReadonlyMap<string, Uint8Array>,
) => Checkpoint | Promise<Checkpoint>;

/** How one container format is told from others and read. */
export interface FormatReader {
  /** Looks at content alone; a damaged file of this format should still be claimed, so that its reader explains. */
  readonly detect: (bytes: Uint8Array) => boolean;
  /** Imports the reader, so that a format costs only those who use it. */
  readonly load: () => Promise<ReadFormat>;
}

/**
 * The formats this version reads. Where several files are given, the first format that claims one of them reads all,
 * so those come first whose mark is the least likely to appear by chance in the data files of another.
 */
export const FORMATS: Readonly<Record<CheckpointFormat, FormatReader>> = {
  tensorflow: {
    detect: isTable,
    load: async () => (await import("../tensorflow/read-tensor-bundle.js")).readTensorBundle,
  },
  tflite: { detect: isTflite, load: async () => (await import("../tflite/read-tflite.js")).readTflite },
  tfjs: { detect: isManifest, load: async () => (await import("../tfjs/read-tfjs.js")).readTfjs },
  hdf5: { detect: isHdf5, load: async () => (await import("../keras/read-keras-h5.js")).readKerasH5 },
  keras: { detect: isKerasZip, load: async () => (await import("../keras/read-keras-zip.js")).readKerasZip },
  pytorch: {
    detect: (bytes) => isTorchZip(bytes) || isTorchStream(bytes),
    load: async () => (await import("../pytorch/read-pytorch.js")).readPytorch,
  },
  safetensors: {
    detect: (bytes) => bytes[LENGTH_BYTES] === 0x7b,
    load: async () => async (bytes, siblings) =>
      siblings.size > 1 ? (await import("../safetensors/read-shards.js")).readShards(siblings) : readSafetensors(bytes),
  },
};
