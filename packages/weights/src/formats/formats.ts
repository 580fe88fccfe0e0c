import type { Checkpoint, CheckpointFormat } from "../checkpoint.js";
import { LENGTH_BYTES, readSafetensors } from "../safetensors/read-safetensors.js";

/** How one container format is told from others and read. */
export interface FormatReader {
  /** Looks at content alone; a damaged file of this format should still be claimed, so that its reader explains. */
  readonly detect: (bytes: Uint8Array) => boolean;
  readonly read: (bytes: Uint8Array) => Checkpoint;
}

/** The formats this version reads. */
export const FORMATS: Readonly<Record<CheckpointFormat, FormatReader>> = {
  safetensors: { detect: (bytes) => bytes[LENGTH_BYTES] === 0x7b, read: readSafetensors },
};
