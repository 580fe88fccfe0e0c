import type { StoredTensor } from "./checkpoint.js";
import { type DType, decodeFloats } from "./dtype.js";

/** A tensor over contiguous little-endian bytes, which stay where they are until it is read. */
export function storedTensor(dtype: DType, shape: readonly number[], bytes: Uint8Array): StoredTensor {
  return { dtype, shape, read: () => decodeFloats(dtype, bytes) };
}
