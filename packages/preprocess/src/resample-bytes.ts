import type { AxisWeights } from "./axis-weights.js";
import { precisionBits } from "./pillow-weights.js";
import type { Rows } from "./rows.js";
import { walkRows } from "./walk-rows.js";

const half = 1 << (precisionBits - 1);

/** Pillow's two passes: across each row, rounded to 8 bit, then down, rounded again (Resample.c). */
export function resampleBytes(
  rows: Rows,
  across: AxisWeights<Int32Array>,
  down: AxisWeights<Int32Array>,
): Uint8ClampedArray {
  const { channels } = rows;
  const length = across.length * channels;
  const sums = new Int32Array(length * down.length).fill(half);
  const line = new Uint8ClampedArray(length);
  const resampleRow = channels === 3 ? resampleRgbRow : resampleRow1To4;
  walkRows(down, (y, first, end) => {
    resampleRow(rows.row(y), across, line, channels);
    for (let o = first; o < end; o++) {
      addWeighted(sums, o * length, line, down.weights[o * down.taps + y - down.starts[o]!]!);
    }
  });
  const out = new Uint8ClampedArray(sums.length);
  for (let i = 0; i < out.length; i++) out[i] = sums[i]! >> precisionBits;
  return out;
}

function addWeighted(sums: Int32Array, offset: number, line: Uint8ClampedArray, weight: number): void {
  for (let i = 0; i < line.length; i++) sums[offset + i] = (sums[offset + i]! + Math.imul(weight, line[i]!)) | 0;
}

type Bytes = Uint8Array | Uint8ClampedArray;

/** The hot loop: three sums at once, in 32-bit integers. */
function resampleRgbRow(row: Bytes, across: AxisWeights<Int32Array>, line: Uint8ClampedArray): void {
  const { length, taps, starts, counts, weights } = across;
  for (let o = 0; o < length; o++) {
    let red = half;
    let green = half;
    let blue = half;
    let k = o * taps;
    let i = starts[o]! * 3;
    const end = i + counts[o]! * 3;
    for (; i < end; i += 3, k++) {
      const weight = weights[k]!;
      red = (red + Math.imul(weight, row[i]!)) | 0;
      green = (green + Math.imul(weight, row[i + 1]!)) | 0;
      blue = (blue + Math.imul(weight, row[i + 2]!)) | 0;
    }
    line[o * 3] = red >> precisionBits;
    line[o * 3 + 1] = green >> precisionBits;
    line[o * 3 + 2] = blue >> precisionBits;
  }
}

function resampleRow1To4(row: Bytes, across: AxisWeights<Int32Array>, line: Uint8ClampedArray, channels: number): void {
  const { length, taps, starts, counts, weights } = across;
  for (let o = 0; o < length; o++) {
    for (let c = 0; c < channels; c++) {
      let sum = half;
      const start = starts[o]! * channels + c;
      for (let i = 0; i < counts[o]!; i++)
        sum = (sum + Math.imul(weights[o * taps + i]!, row[start + i * channels]!)) | 0;
      line[o * channels + c] = sum >> precisionBits;
    }
  }
}
