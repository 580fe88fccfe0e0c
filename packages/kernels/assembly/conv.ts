// Convolution and its two gradients as matrix products over the rows that windows.ts makes. A kernel is a row-major matrix
// of taps times input channels by output channels, as tfjs stores it.

import { blockRows, multiplyBlock, packColumns, packRows, panelBytes } from "./multiply";
import { OUTER_ROWS, outerTile } from "./outer-tiles";
import { widen } from "./vectors";
import { Geometry, gatherWindows, isPointwise, scatterWindows } from "./windows";

/** Bytes of a block of gathered rows. */
const GATHERED = 96 * 1024;
/** Rows whose outer product grows in registers before it is added to the gradient. */
const OUTER_BLOCK = 128;

// @ts-ignore: decorator
@inline
function taps(g: Geometry): i32 {
  return g.kernelHeight * g.kernelWidth * g.inChannels;
}

// @ts-ignore: decorator
@inline
function positions(g: Geometry): i32 {
  return g.batch * g.outHeight * g.outWidth;
}

function gatheredRows(g: Geometry): i32 {
  return max(4, min(OUTER_BLOCK, (GATHERED / (4 * taps(g))) & ~3));
}

/** Bytes of a bias in whole panels. */
// @ts-ignore: decorator
@inline
function biasBytes(n: i32): usize {
  return <usize>((n + 7) & ~7) << 2;
}

/** Bytes of scratch that any of the three needs. */
export function convScratch(at: usize): usize {
  const g = changetype<Geometry>(at);
  const k = taps(g), n = g.outChannels;
  const packed = max(panelBytes(k, n), panelBytes(n, k));
  const rows = max(max(blockRows(positions(g), k, n), blockRows(positions(g), n, k)), gatheredRows(g));
  return packed + biasBytes(n) + (<usize>rows << 5) + (isPointwise(g) ? 0 : (<usize>(rows * k) << 2));
}

/** y = the convolution of x, plus one bias per output channel where its address is not 0. */
export function conv(at: usize, x: usize, kernel: usize, bias: usize, y: usize, scratch: usize): void {
  const g = changetype<Geometry>(at);
  const m = positions(g), k = taps(g), n = g.outChannels;
  const pointwise = isPointwise(g);
  const rows = pointwise ? blockRows(m, k, n) : min(m, gatheredRows(g));
  const biases = scratch + panelBytes(k, n);
  const narrow = biases + biasBytes(n);
  const gathered = narrow + (<usize>rows << 5);
  const lda = <usize>k << 2;
  const ldc = <usize>n << 2;
  packRows(kernel, k, n, scratch);
  if (bias != 0) widen(bias, n, biases);
  const start: usize = bias != 0 ? biases : 0;
  for (let first = 0; first < m; first += rows) {
    const count = min(rows, m - first);
    if (!pointwise) gatherWindows(g, x, first, first + count, gathered);
    const a = pointwise ? x + <usize>first * lda : gathered;
    multiplyBlock(count, k, n, a, lda, scratch, start, y + <usize>first * ldc, ldc, narrow);
  }
}

/** dx: each row of dy times the transposed kernel, added to where its window lies. */
export function convBackpropInput(at: usize, dy: usize, kernel: usize, dx: usize, scratch: usize): void {
  const g = changetype<Geometry>(at);
  const m = positions(g), k = taps(g), n = g.outChannels;
  const pointwise = isPointwise(g);
  const rows = pointwise ? blockRows(m, n, k) : min(m, gatheredRows(g));
  const narrow = scratch + panelBytes(n, k);
  const spread = narrow + (<usize>rows << 5);
  const lda = <usize>n << 2;
  const ldc = <usize>k << 2;
  packColumns(kernel, n, k, scratch);
  if (!pointwise) memory.fill(dx, 0, (<usize>g.batch * <usize>g.inHeight * <usize>g.inWidth * <usize>g.inChannels) << 2);
  for (let first = 0; first < m; first += rows) {
    const count = min(rows, m - first);
    const c = pointwise ? dx + <usize>first * ldc : spread;
    multiplyBlock(count, n, k, dy + <usize>first * lda, lda, scratch, 0, c, ldc, narrow);
    if (!pointwise) scatterWindows(g, spread, first, first + count, dx);
  }
}

/** The kernel's gradient: the outer products of windows and dy, summed over all positions. */
export function convBackpropFilter(at: usize, x: usize, dy: usize, dKernel: usize, scratch: usize): void {
  const g = changetype<Geometry>(at);
  const m = positions(g), k = taps(g), n = g.outChannels;
  const pointwise = isPointwise(g);
  const rows = pointwise ? OUTER_BLOCK : gatheredRows(g);
  const lda = <usize>k << 2;
  const ldb = <usize>n << 2;
  const whole = n & ~7;
  memory.fill(dKernel, 0, <usize>k * ldb);
  for (let first = 0; first < m; first += rows) {
    const count = min(rows, m - first);
    if (!pointwise) gatherWindows(g, x, first, first + count, scratch);
    const a = pointwise ? x + <usize>first * lda : scratch;
    const b = dy + <usize>first * ldb;
    for (let column = 0; column < whole; column += 8) {
      const at = <usize>column << 2;
      for (let row = 0; row < k; row += OUTER_ROWS) {
        outerTile(min(OUTER_ROWS, k - row), count, a + (<usize>row << 2), lda, b + at, ldb, dKernel + <usize>row * ldb + at, ldb);
      }
    }
    if (whole < n) outerRest(count, k, n, whole, a, b, dKernel);
  }
}

/** The columns that fill no tile. */
function outerRest(m: i32, k: i32, n: i32, whole: i32, a: usize, b: usize, c: usize): void {
  const lda = <usize>k << 2;
  const ldb = <usize>n << 2;
  for (let row = 0; row < k; row++) {
    for (let column = whole; column < n; column++) {
      let sum: f32 = 0;
      let from = a + (<usize>row << 2);
      let other = b + (<usize>column << 2);
      for (let i = 0; i < m; i++, from += lda, other += ldb) sum += load<f32>(from) * load<f32>(other);
      const to = c + <usize>row * ldb + (<usize>column << 2);
      store<f32>(to, load<f32>(to) + sum);
    }
  }
}
