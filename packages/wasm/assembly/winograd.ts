// A 3x3 convolution with stride 1 or 2 in Winograd's form: products of matrices, one for each place of a transformed patch
// of the map, give 4x4 outputs. At stride 1 that is F(4x4, 3x3), 36 products where the sum takes 144; at stride 2 it is 81,
// of which those that one tap alone makes share their kernels, so that there are 36 of these either way.
// Source: Lavin and Gray 2015, "Fast algorithms for convolutional neural networks", section 4.3; stride 2 is the sum over
// even and odd rows and columns, each a convolution with stride 1.
//
// A block of patches is transformed into scratch, [place][patch][channel]; then, per panel of 8 output channels, the
// products stand in [place][patch][8] and become outputs. Kernels come transformed, [panel][kernel][channel][8].

import {
  STEP_BIAS,
  STEP_IN_CHANNELS,
  STEP_KERNEL,
  STEP_OUT_CHANNELS,
  STEP_OUT_HEIGHT,
  STEP_OUT_WIDTH,
  STEP_STRIDE,
  STEP_TILES_PER_BLOCK,
} from "./layout";
import { TILE_ROWS, tiles } from "./tiles";
import { lineLength } from "./winograd-lines";
import { finishPatch, transformPatch } from "./winograd-patch";

/** Kernels along one side; later places take the last. */
const KERNELS: i32 = 6;
/** At the start of scratch: zeros for a panel to begin with, and room for one patch of four channels. */
const PATCH: usize = 32;
const HEAD: usize = 1344;

/** An odd number of cache lines, so that neighbouring places do not fall on the same ones. */
function apart(bytes: usize): usize {
  return ((bytes + 63) & ~63) | 64;
}

export function winograd(step: usize, batch: i32, thread: i32, threads: i32, scratch: usize): void {
  const outChannels = load<i32>(step, STEP_OUT_CHANNELS);
  const across = (load<i32>(step, STEP_OUT_WIDTH) + 3) >> 2;
  const down = (load<i32>(step, STEP_OUT_HEIGHT) + 3) >> 2;
  const patches = batch * down * across;
  const panels = (outChannels + 7) >> 3;
  const perBlock = load<i32>(step, STEP_TILES_PER_BLOCK);
  const rowBytes = <usize>load<i32>(step, STEP_IN_CHANNELS) << 2;
  const length = lineLength(load<i32>(step, STEP_STRIDE));
  // Few patches are for all threads, each of which then makes other output channels.
  const byPanels = threads > 1 && patches < 4 * threads;
  let first = 0, last = patches, panel0 = 0, panel1 = panels;
  if (byPanels) {
    panel0 = (panels * thread) / threads;
    panel1 = (panels * (thread + 1)) / threads;
  } else {
    first = (patches * thread) / threads;
    last = (patches * (thread + 1)) / threads;
  }
  if (panel0 == panel1) return;
  v128.store(scratch, f32x4.splat(0));
  v128.store(scratch, f32x4.splat(0), 16);
  const edge = scratch + HEAD;
  const transformed = edge + <usize>(length * length) * rowBytes;
  const products = transformed + <usize>(length * length) * apart(<usize>perBlock * rowBytes);
  // Blocks differ by one patch at most.
  let blocks = (last - first + perBlock - 1) / perBlock;
  for (; blocks > 0; blocks--) {
    const count = (last - first) / blocks;
    const placeBytes = apart(<usize>count * rowBytes);
    const productBytes = apart(<usize>count << 5);
    for (let i = 0; i < count; i++) {
      transformPatch(step, first + i, across, down, edge, scratch + PATCH, transformed + <usize>i * rowBytes, placeBytes);
    }
    for (let p = panel0; p < panel1; p++) {
      multiply(step, p, length, count, transformed, placeBytes, products, productBytes, scratch);
      for (let i = 0; i < count; i++) {
        finishPatch(step, first + i, across, down, products + (<usize>i << 5), productBytes, scratch + PATCH, p << 3);
      }
    }
    first += count;
  }
}

/** The products of all places for one panel. */
function multiply(step: usize, panel: i32, length: i32, count: i32, a: usize, placeBytes: usize, c: usize, productBytes: usize, zeros: usize): void {
  const rowBytes = <usize>load<i32>(step, STEP_IN_CHANNELS) << 2;
  const matrixBytes = rowBytes << 3;
  const kernels = load<usize>(step, STEP_KERNEL) + <usize>(KERNELS * KERNELS * panel) * matrixBytes;
  const whole = count / TILE_ROWS;
  const rest = count - whole * TILE_ROWS;
  const wholeRows = <usize>(whole * TILE_ROWS);
  for (let y = 0; y < length; y++) {
    for (let x = 0; x < length; x++, a += placeBytes, c += productBytes) {
      const b = kernels + <usize>(KERNELS * min(y, KERNELS - 1) + min(x, KERNELS - 1)) * matrixBytes;
      // The place whose product goes into all 16 outputs with a factor of 1 is where a bias can begin.
      const start = x == 1 && y == 1 ? load<usize>(step, STEP_BIAS) + (<usize>panel << 5) : zeros;
      if (whole != 0) tiles(TILE_ROWS, whole, a, rowBytes, b, start, c, 32, b + matrixBytes);
      if (rest != 0) tiles(rest, 1, a + wholeRows * rowBytes, rowBytes, b, start, c + (wholeRows << 5), 32, b + matrixBytes);
    }
  }
}
