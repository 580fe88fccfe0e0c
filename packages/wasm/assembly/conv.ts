// Convolutions as a matrix product: output[m, n] = sum over k of input[m, k] * kernel[k, n]. A 1x1 convolution reads its
// map as it lies; every other one, and one with a gate, first gathers a block of rows into scratch. Kernels are packed in
// panels of 8 columns, [panel][k][8], k padded with zeros to a multiple of 4.

import { finish } from "./finish";
import {
  STEP_ACTIVATION,
  STEP_BIAS,
  STEP_GATE,
  STEP_INPUT,
  STEP_IN_CHANNELS,
  STEP_KERNEL,
  STEP_KERNEL_SIZE,
  STEP_OUTPUT,
  STEP_OUT_CHANNELS,
  STEP_OUT_HEIGHT,
  STEP_OUT_WIDTH,
  STEP_RESIDUAL,
  STEP_STRIDE,
  STEP_TILES_PER_BLOCK,
} from "./layout";
import { gatherRows } from "./gather";
import { TILE_ROWS, tiles } from "./tiles";

/** The columns of a tile that exist, from scratch to the map. */
function copyColumns(rows: i32, columns: i32, from: usize, to: usize, ldc: usize, residual: usize): void {
  for (let r = 0; r < rows; r++, from += 32, to += ldc) {
    for (let i = 0; i < columns; i++) {
      let value = load<f32>(from + 4 * i);
      if (residual != 0) value += load<f32>(residual + 4 * i);
      store<f32>(to + 4 * i, value);
    }
    if (residual != 0) residual += ldc;
  }
}

export function conv(step: usize, batch: i32, thread: i32, threads: i32, scratch: usize): void {
  const input = load<usize>(step, STEP_INPUT);
  const output = load<usize>(step, STEP_OUTPUT);
  const kernel = load<usize>(step, STEP_KERNEL);
  const bias = load<usize>(step, STEP_BIAS);
  const residual = load<usize>(step, STEP_RESIDUAL);
  const activation = load<i32>(step, STEP_ACTIVATION);
  const kernelSize = load<i32>(step, STEP_KERNEL_SIZE);
  const n = load<i32>(step, STEP_OUT_CHANNELS);
  const k = kernelSize * kernelSize * load<i32>(step, STEP_IN_CHANNELS);
  const m = batch * load<i32>(step, STEP_OUT_HEIGHT) * load<i32>(step, STEP_OUT_WIDTH);
  const padded = (k + 3) & ~3;
  const gathers = kernelSize != 1 || load<i32>(step, STEP_STRIDE) != 1 || load<usize>(step, STEP_GATE) != 0 || padded != k;
  const lda = <usize>padded << 2;
  const ldc = <usize>n << 2;
  const panelBytes = lda << 3;
  const tileCount = (m + TILE_ROWS - 1) / TILE_ROWS;
  const panels = (n + 7) >> 3;
  const tilesPerBlock = load<i32>(step, STEP_TILES_PER_BLOCK);
  // Tiles differ by at most one row: the first `taller` have one more.
  const height = m / tileCount;
  const taller = m % tileCount;

  // Threads share out whichever of the two there is more of, so that each reads the larger operand in part only.
  const byPanels = threads > 1 && (n > m || tileCount < 4 * threads);
  let tile0 = 0, tile1 = tileCount, panel0 = 0, panel1 = panels;
  if (byPanels) {
    panel0 = (panels * thread) / threads;
    panel1 = (panels * (thread + 1)) / threads;
  } else {
    tile0 = <i32>((<i64>tileCount * thread) / threads);
    tile1 = <i32>((<i64>tileCount * (thread + 1)) / threads);
  }
  if (panel0 == panel1) return;

  const narrow = scratch;
  const gathered = scratch + 32 * <usize>(tilesPerBlock * TILE_ROWS);
  for (let t = tile0; t < tile1; t += tilesPerBlock) {
    const end = min(t + tilesPerBlock, tile1);
    const first = t * height + min(t, taller);
    const rows = end * height + min(end, taller) - first;
    // Tiles with one more row, then the others.
    const tall = max(0, min(end, taller) - t);
    const low = end - t - tall;
    const tallRows = <usize>(tall * (height + 1));
    let a = input + <usize>first * lda;
    if (gathers) {
      gatherRows(step, first, first + rows, gathered, lda);
      a = gathered;
    }
    for (let p = panel0; p < panel1; p++) {
      const at = <usize>p << 5;
      const b = kernel + <usize>p * panelBytes;
      const c = output + <usize>first * ldc + at;
      const r = residual != 0 ? residual + (c - output) : 0;
      const columns = n - (p << 3);
      const whole = columns >= 8;
      const to = whole ? c : narrow;
      const ldt = whole ? ldc : 32;
      if (tall != 0) tiles(height + 1, tall, a, lda, b, bias + at, to, ldt, b + panelBytes);
      if (low != 0) tiles(height, low, a + tallRows * lda, lda, b, bias + at, to + tallRows * ldt, ldt, b + panelBytes);
      finish(rows, to, ldt, whole ? r : 0, activation);
      if (!whole) copyColumns(rows, columns, narrow, c, ldc, r);
    }
  }
}
