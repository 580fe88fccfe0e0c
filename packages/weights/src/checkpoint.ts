import type { PreprocessSpec } from "@efficientnet/specs";
import type { DType } from "./dtype.js";

/** Container formats this version reads. */
export type CheckpointFormat = "tensorflow" | "tflite" | "tfjs" | "hdf5" | "keras" | "pytorch" | "safetensors";

/** One array of a checkpoint, still in the file's own type and layout. */
export interface StoredTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /**
   * The values as float32, row-major. May be a view of the file's bytes, so it must not be written to; types other
   * than F32 are widened into a fresh array at each call.
   */
  read(): Float32Array;
}

/** The named arrays of one file, whatever its container. */
export interface Checkpoint {
  readonly format: CheckpointFormat;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
  /** Names of the classes in the order of the outputs, where the file carries them. */
  readonly labels?: readonly string[];
  /** What the network wants of pixels, where the file states it. */
  readonly normalisation?: Normalisation;
}

/** Per channel, in units of the full range: input = (pixel / 255 - mean) / std. */
export type Normalisation = Pick<PreprocessSpec, "mean" | "std">;
