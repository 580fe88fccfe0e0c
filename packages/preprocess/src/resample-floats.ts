import type { AxisWeights } from "./axis-weights.js";
import type { Rows } from "./rows.js";
import { walkRows } from "./walk-rows.js";

/** Resampling without rounding to 8 bit; a cubic or Lanczos kernel may overshoot 0 and 255, and nothing is clipped. */
export function resampleFloats(
  rows: Rows,
  across: AxisWeights<Float64Array>,
  down: AxisWeights<Float64Array>,
): Float64Array {
  const { channels } = rows;
  const length = across.length * channels;
  const sums = new Float64Array(length * down.length);
  const line = new Float64Array(length);
  const resampleRow = channels === 3 ? resampleRgbRow : resampleRow1To4;
  walkRows(down, (y, first, end) => {
    resampleRow(rows.row(y), across, line, channels);
    for (let o = first; o < end; o++) {
      const weight = down.weights[o * down.taps + y - down.starts[o]!]!;
      for (let i = 0, s = o * length; i < length; i++, s++) sums[s] = sums[s]! + weight * line[i]!;
    }
  });
  return sums;
}

type Bytes = Uint8Array | Uint8ClampedArray;

function resampleRgbRow(row: Bytes, across: AxisWeights<Float64Array>, line: Float64Array): void {
  const { length, taps, starts, counts, weights } = across;
  for (let o = 0; o < length; o++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let k = o * taps;
    let i = starts[o]! * 3;
    const end = i + counts[o]! * 3;
    for (; i < end; i += 3, k++) {
      const weight = weights[k]!;
      red += weight * row[i]!;
      green += weight * row[i + 1]!;
      blue += weight * row[i + 2]!;
    }
    line[o * 3] = red;
    line[o * 3 + 1] = green;
    line[o * 3 + 2] = blue;
  }
}

function resampleRow1To4(row: Bytes, across: AxisWeights<Float64Array>, line: Float64Array, channels: number): void {
  const { length, taps, starts, counts, weights } = across;
  for (let o = 0; o < length; o++) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      const start = starts[o]! * channels + c;
      for (let i = 0; i < counts[o]!; i++) sum += weights[o * taps + i]! * row[start + i * channels]!;
      line[o * channels + c] = sum;
    }
  }
}
