import type { AxisWeights } from "./axis-weights.js";

/**
 * Visits each source row that any output row needs, once and in order, with the range `[first, end)` of output rows
 * that it adds to. Sums grow in place, so a picture of any height needs memory for its output only.
 */
export function walkRows(
  down: AxisWeights<Int32Array | Float64Array>,
  visit: (y: number, first: number, end: number) => void,
): void {
  const { length, starts, counts } = down;
  let first = 0;
  let end = 0;
  const last = starts[length - 1]! + counts[length - 1]!;
  for (let y = starts[0]!; y < last; y++) {
    while (first < length && starts[first]! + counts[first]! <= y) first++;
    while (end < length && starts[end]! <= y) end++;
    if (first < end) visit(y, first, end);
  }
}
