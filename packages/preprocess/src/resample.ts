import type { ResampleFilter, ResampleMethod } from "@efficientnet/specs";
import { pillowWeights } from "./pillow-weights.js";
import type { Rectangle, Size } from "./rectangle.js";
import { resampleBytes } from "./resample-bytes.js";
import { resampleFloats } from "./resample-floats.js";
import type { Rows } from "./rows.js";
import { tensorflowWeights } from "./tensorflow-weights.js";

/** A filter and whose arithmetic it follows. */
export interface Resampling {
  readonly filter: ResampleFilter;
  readonly method: ResampleMethod;
}

/** The part `window` of the rows resized to `size`, in 0..255: whole numbers for `pillow`, fractions for TensorFlow. */
export function resample(
  rows: Rows,
  size: Size,
  window: Rectangle,
  { filter, method }: Resampling,
): Uint8ClampedArray | Float64Array {
  const across = { from: window.x, length: window.width };
  const down = { from: window.y, length: window.height };
  if (method === "pillow") {
    return resampleBytes(
      rows,
      pillowWeights(filter, rows.width, size.width, across),
      pillowWeights(filter, rows.height, size.height, down),
    );
  }
  const antialias = method === "tensorflow-antialias";
  return resampleFloats(
    rows,
    tensorflowWeights(filter, antialias, rows.width, size.width, across),
    tensorflowWeights(filter, antialias, rows.height, size.height, down),
  );
}
