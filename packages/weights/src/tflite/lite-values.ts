import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { StoredTensor } from "../checkpoint.js";
import { BYTES_PER_ELEMENT, type DType } from "../dtype.js";
import { elementCount } from "../element-count.js";
import { storedTensor } from "../stored-tensor.js";
import type { LiteTensor } from "./lite-graph.js";

/** TensorFlow Lite's numbers for element types. */
const DTYPES: ReadonlyMap<number, DType> = new Map([
  [0, "F32"],
  [1, "F16"],
  [2, "I32"],
  [3, "U8"],
  [4, "I64"],
  [7, "I16"],
  [9, "I8"],
]);

/**
 * The values of a constant: floats as they are, quantised integers as `(q - zeroPoint) * scale`, with one pair for all
 * or one for each index of the quantised axis. Computed at each read.
 *
 * @throws `unsupported` for other element types; `wrong-file` where data, shape and quantisation do not agree.
 */
export function liteValues(what: string, { shape, type, data, quantization }: LiteTensor): StoredTensor {
  const dtype = DTYPES.get(type);
  if (dtype === undefined) {
    throw new EfficientNetError("unsupported", `${what} has element type ${type} of TensorFlow Lite`, {
      expected: [...new Set(DTYPES.values())].join(", "),
    });
  }
  const elements = shape.every((size) => size >= 0) ? elementCount(shape) : null;
  if (elements === null || elements * BYTES_PER_ELEMENT[dtype] !== data.length) {
    throw new EfficientNetError("wrong-file", `${what} has ${data.length} bytes`, {
      expected: `those of ${dtype} ${formatShape(shape)}`,
    });
  }
  const raw = storedTensor(dtype, shape, data);
  if (dtype === "F32" || dtype === "F16") return raw;
  const axis = quantization?.int32(6) ?? 0;
  const channels = shape[axis] ?? 1;
  const count = quantization?.count(2) ?? 0;
  if (quantization === null || (count !== 1 && count !== channels)) {
    throw new EfficientNetError("wrong-file", `${what} has ${count} scales`, {
      expected: channels === 1 ? "1" : `1 or ${channels}`,
    });
  }
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return {
    dtype,
    shape,
    read: () => {
      const [scales, zeros] = [quantization.float32s(2, count), quantization.int64s(3, count)];
      return raw.read().map((value, i) => {
        const channel = count === 1 ? 0 : Math.floor(i / inner) % channels;
        return (value - (zeros[channel] ?? zeros[0] ?? 0)) * (scales[channel] ?? 0);
      });
    },
  };
}
