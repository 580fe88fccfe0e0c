// Sums over an axis that has others behind it, and sums of rows that share a segment.

import { loadLanes, storeLanes } from "./vectors";

/** Rows that are added in one go; sums of sums lose less than one long sum. */
const BLOCK = 64;

/** y[o, i] = factor * sum over m of x[o, m, i]. */
export function sumMiddle(x: usize, outer: i32, middle: i32, inner: i32, factor: f32, y: usize): void {
  const rowBytes = <usize>inner << 2;
  const by = f32x4.splat(factor);
  for (let o = 0; o < outer; o++, y += rowBytes) {
    const example = x + <usize>o * <usize>middle * rowBytes;
    let at: usize = 0;
    for (let c = inner; c > 0; c -= 4, at += 16) {
      let total = f32x4.splat(0);
      let from = example + at;
      for (let first = 0; first < middle; first += BLOCK) {
        let sum = f32x4.splat(0);
        for (let m = min(BLOCK, middle - first); m > 0; m--, from += rowBytes) sum = f32x4.add(sum, loadLanes(from, c));
        total = f32x4.add(total, sum);
      }
      storeLanes(y + at, f32x4.mul(total, by), c);
    }
  }
}

/** y[s] = sum of the rows of x whose id is s; ids outside are left out, as tfjs does. */
export function segmentSum(x: usize, ids: usize, rows: i32, length: i32, segments: i32, y: usize): void {
  const rowBytes = <usize>length << 2;
  memory.fill(y, 0, <usize>segments * rowBytes);
  for (let r = 0; r < rows; r++, ids += 4, x += rowBytes) {
    const id = load<i32>(ids);
    if (id < 0 || id >= segments) continue;
    const to = y + <usize>id * rowBytes;
    let at: usize = 0;
    for (let c = length; c > 0; c -= 4, at += 16) storeLanes(to + at, f32x4.add(loadLanes(to + at, c), loadLanes(x + at, c)), c);
  }
}
