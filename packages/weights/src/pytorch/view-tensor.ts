import type { StoredTensor } from "../checkpoint.js";
import { BYTES_PER_ELEMENT, decodeFloats } from "../dtype.js";
import type { PickleTensor } from "./pickle-value.js";

/** Bytes of a whole storage, and how its numbers are written. */
export interface StorageBytes {
  readonly read: () => Uint8Array;
  readonly bigEndian: boolean;
}

/** A tensor over its storage. Bytes stay where they are until it is read; other than row-major ones are gathered then. */
export function viewTensor(tensor: PickleTensor, { read, bigEndian }: StorageBytes): StoredTensor {
  const { dtype, shape, storage } = tensor;
  const size = BYTES_PER_ELEMENT[dtype];
  const count = shape.reduce((product, length) => product * length, 1);
  const base = storage.offset * (storage.dtype === null ? 1 : size) + tensor.offset * size;
  return {
    dtype,
    shape,
    read() {
      const from = read().subarray(base);
      const own = isRowMajor(tensor) ? from.subarray(0, count * size) : gather(from, tensor, count, size);
      return decodeFloats(dtype, bigEndian ? swapBytes(own, size) : own);
    },
  };
}

function isRowMajor({ shape, strides }: PickleTensor): boolean {
  if (shape.includes(0)) return true;
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 0;
    if (length > 1 && strides[axis] !== expected) return false;
    expected *= length;
  }
  return true;
}

function gather(from: Uint8Array, { shape, strides }: PickleTensor, count: number, size: number): Uint8Array {
  const gathered = new Uint8Array(count * size);
  const index = shape.map(() => 0);
  let at = 0;
  for (let to = 0; to < gathered.length; to += size) {
    for (let byte = 0; byte < size; byte++) gathered[to + byte] = from[at * size + byte] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [length = 1, stride = 0, position = 0] = [shape[axis], strides[axis], index[axis]];
      const wraps = position + 1 === length;
      index[axis] = wraps ? 0 : position + 1;
      at += wraps ? -position * stride : stride;
      if (!wraps) break;
    }
  }
  return gathered;
}

function swapBytes(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.map((_, index) => bytes[index - (index % size) + size - 1 - (index % size)] ?? 0);
}
