import { pillowWeights, precisionBits } from "./pillow-weights.js";
import type { Resampling } from "./resample.js";
import { tensorflowWeights } from "./tensorflow-weights.js";

/**
 * A resize along one axis as a matrix: `length` rows of `source` weights, so that a device can multiply by it. Pillow's
 * results are rounded to whole levels after each axis, across before down; TensorFlow's at the end.
 *
 * @param source - pixels before
 * @param length - pixels after
 */
export function resampleWeights({ filter, method }: Resampling, source: number, length: number): Float32Array {
  const span = { from: 0, length };
  const isPillow = method === "pillow";
  const { taps, starts, counts, weights } = isPillow
    ? pillowWeights(filter, source, length, span)
    : tensorflowWeights(filter, method === "tensorflow-antialias", source, length, span);
  const one = isPillow ? 2 ** precisionBits : 1;
  const matrix = new Float32Array(length * source);
  for (let o = 0; o < length; o++) {
    for (let i = 0; i < counts[o]!; i++) matrix[o * source + starts[o]! + i] = weights[o * taps + i]! / one;
  }
  return matrix;
}
