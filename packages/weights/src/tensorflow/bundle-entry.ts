import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { BYTES_PER_ELEMENT, type DType } from "../dtype.js";
import { elementCount } from "../element-count.js";
import { messageFields, numberField, protobufFields } from "./protobuf-fields.js";

/** One array as the index describes it. */
export interface BundleEntry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly shard: number;
  readonly offset: number;
  readonly size: number;
  /** Masked CRC-32C of its bytes. */
  readonly checksum: number;
}

/** TensorFlow's numbers for the element types that weights have (types.proto). */
const DTYPES: ReadonlyMap<number, DType> = new Map([
  [1, "F32"],
  [2, "F64"],
  [3, "I32"],
  [4, "U8"],
  [5, "I16"],
  [6, "I8"],
  [9, "I64"],
  [10, "BOOL"],
  [14, "BF16"],
  [17, "U16"],
  [19, "F16"],
  [22, "U32"],
  [23, "U64"],
]);

const MAX_RANK = 32;

/**
 * Number of data shards stated by the header entry (its key is empty).
 *
 * @throws `unsupported` for files written on a big-endian machine.
 */
export function parseBundleHeader(message: Uint8Array): number {
  const fields = protobufFields(message);
  if (numberField(fields, 2) !== 0) {
    throw new EfficientNetError("unsupported", "the TensorFlow checkpoint was written on a big-endian machine", {
      expected: "little-endian data",
    });
  }
  return numberField(fields, 1);
}

/**
 * One entry, or null for what is no array of numbers, such as the object graph of TensorFlow 2 (a string).
 *
 * @throws `unsupported` for arrays stored in slices; `wrong-file` where size and shape do not agree.
 */
export function parseBundleEntry(name: string, message: Uint8Array): BundleEntry | null {
  const fields = protobufFields(message);
  const dtype = DTYPES.get(numberField(fields, 1));
  if (dtype === undefined) return null;
  const label = `tensor ${JSON.stringify(name.slice(0, 200))}`;
  if (messageFields(fields, 7).length > 0) {
    throw new EfficientNetError("unsupported", `${label} is stored in slices`, {
      expected: "whole tensors",
      hint: "load the checkpoint in TensorFlow and save it without partitioned variables",
    });
  }
  const shape = parseShape(messageFields(fields, 2));
  const size = numberField(fields, 5);
  const elements = shape.length <= MAX_RANK ? elementCount(shape) : null;
  if (elements === null || elements * BYTES_PER_ELEMENT[dtype] !== size) {
    throw new EfficientNetError("wrong-file", `${label} has a size that does not hold its shape`, {
      expected: elements === null ? `at most ${MAX_RANK} axes` : `${elements * BYTES_PER_ELEMENT[dtype]} bytes`,
      received: `${size} bytes for ${dtype} ${formatShape(shape.slice(0, MAX_RANK))}`,
    });
  }
  const [shard, offset] = [numberField(fields, 3), numberField(fields, 4)];
  return { dtype, shape, shard, offset, size, checksum: numberField(fields, 6) };
}

/** TensorShapeProto: repeated dimensions in field 2, their size in field 1. */
function parseShape(messages: readonly Uint8Array[]): readonly number[] {
  return messages
    .flatMap((message) => messageFields(protobufFields(message), 2))
    .map((dimension) => numberField(protobufFields(dimension), 1));
}
