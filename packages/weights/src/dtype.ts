import { halfToFloat } from "./float16.js";

/** Element types a checkpoint may hold, by the names safetensors gives them. */
export type DType =
  | "F64"
  | "F32"
  | "F16"
  | "BF16"
  | "I64"
  | "I32"
  | "I16"
  | "I8"
  | "U64"
  | "U32"
  | "U16"
  | "U8"
  | "BOOL";

/** Bytes per element. */
export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};

type Decode = (buffer: ArrayBufferLike, byteOffset: number, length: number) => Float32Array;

const DECODE: Readonly<Record<DType, Decode>> = {
  F64: (buffer, offset, length) => new Float32Array(new Float64Array(buffer, offset, length)),
  F32: (buffer, offset, length) => new Float32Array(buffer, offset, length),
  F16: (buffer, offset, length) => convert(new Uint16Array(buffer, offset, length), halfToFloat),
  // A bfloat16 is the upper half of a float32.
  BF16: (buffer, offset, length) => {
    const halves = new Uint16Array(buffer, offset, length);
    const floats = new Float32Array(length);
    const bits = new Uint32Array(floats.buffer);
    for (let i = 0; i < length; i++) bits[i] = (halves[i] ?? 0) << 16;
    return floats;
  },
  I64: (buffer, offset, length) => convert(new BigInt64Array(buffer, offset, length), Number),
  I32: (buffer, offset, length) => new Float32Array(new Int32Array(buffer, offset, length)),
  I16: (buffer, offset, length) => new Float32Array(new Int16Array(buffer, offset, length)),
  I8: (buffer, offset, length) => new Float32Array(new Int8Array(buffer, offset, length)),
  U64: (buffer, offset, length) => convert(new BigUint64Array(buffer, offset, length), Number),
  U32: (buffer, offset, length) => new Float32Array(new Uint32Array(buffer, offset, length)),
  U16: (buffer, offset, length) => new Float32Array(new Uint16Array(buffer, offset, length)),
  U8: (buffer, offset, length) => new Float32Array(new Uint8Array(buffer, offset, length)),
  BOOL: (buffer, offset, length) => new Float32Array(new Uint8Array(buffer, offset, length)),
};

function convert<T>(source: ArrayLike<T>, toFloat: (value: T) => number): Float32Array {
  const floats = new Float32Array(source.length);
  for (let i = 0; i < floats.length; i++) floats[i] = toFloat(source[i] as T);
  return floats;
}

/**
 * Little-endian bytes of one type as float32. F32 bytes on a 4-byte boundary come back as a view of the same memory;
 * everything else is a copy. F64 and 64-bit integers are rounded.
 */
export function decodeFloats(dtype: DType, bytes: Uint8Array): Float32Array {
  const size = BYTES_PER_ELEMENT[dtype];
  const length = bytes.byteLength / size;
  if (bytes.byteOffset % size === 0) return DECODE[dtype](bytes.buffer, bytes.byteOffset, length);
  const aligned = new Uint8Array(bytes);
  return DECODE[dtype](aligned.buffer, 0, length);
}
