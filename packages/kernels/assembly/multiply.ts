// The matrix product output[m, n] = sum over k of a[m, k] * b[k, n], with b packed in panels of 8 columns, [panel][k][8].

import { ZEROS } from "./memory";
import { TILE_ROWS, tiles } from "./tiles";

/** A block of rows of `a` stays in the first-level cache where the panels are small, and in the second where they are not. */
const SMALL_BLOCK = 24 * 1024;
const LARGE_BLOCK = 96 * 1024;
const SMALL_PANELS: usize = 256 * 1024;

/** Bytes of the packed form of `k` rows and `n` columns. */
export function panelBytes(k: i32, n: i32): usize {
  return (<usize>k * <usize>((n + 7) >> 3)) << 5;
}

/** Rows that are multiplied at a time. */
export function blockRows(m: i32, k: i32, n: i32): i32 {
  const bytes = panelBytes(k, n) <= SMALL_PANELS ? SMALL_BLOCK : LARGE_BLOCK;
  const tilesOfBlock = max(1, bytes / (4 * (k + 8) * TILE_ROWS));
  return min(m, tilesOfBlock * TILE_ROWS);
}

/** Packs a row-major [k][n] matrix, columns beyond the last one as zeros. */
export function packRows(from: usize, k: i32, n: i32, to: usize): void {
  const rowBytes = <usize>n << 2;
  for (let column = 0; column < n; column += 8) {
    let row = from + (<usize>column << 2);
    const columns = min(8, n - column);
    for (let i = 0; i < k; i++, row += rowBytes, to += 32) {
      if (columns == 8) {
        v128.store(to, v128.load(row));
        v128.store(to, v128.load(row, 16), 16);
      } else {
        for (let j = 0; j < 8; j++) store<f32>(to + (<usize>j << 2), j < columns ? load<f32>(row + (<usize>j << 2)) : 0);
      }
    }
  }
}

/** Packs the transpose of a row-major [n][k] matrix, so that its rows become columns. */
export function packColumns(from: usize, k: i32, n: i32, to: usize): void {
  const rowBytes = <usize>k << 2;
  for (let column = 0; column < n; column += 8) {
    const row = from + <usize>column * rowBytes;
    if (n - column < 8) {
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < 8; j++, to += 4) {
          store<f32>(to, column + j < n ? load<f32>(row + <usize>j * rowBytes + (<usize>i << 2)) : 0);
        }
      }
      return;
    }
    let i = 0;
    for (; i + 4 <= k; i += 4, to += 128) {
      transpose4(row + (<usize>i << 2), rowBytes, to, 32);
      transpose4(row + 4 * rowBytes + (<usize>i << 2), rowBytes, to + 16, 32);
    }
    for (; i < k; i++) {
      for (let j = 0; j < 8; j++, to += 4) store<f32>(to, load<f32>(row + <usize>j * rowBytes + (<usize>i << 2)));
    }
  }
}

/** Four rows of four values become four columns. */
// @ts-ignore: decorator
@inline
function transpose4(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromBytes);
  const r2 = v128.load(from + 2 * fromBytes);
  const r3 = v128.load(from + 3 * fromBytes);
  const low0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high0 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high1 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low0, low1, 0, 1, 4, 5));
  v128.store(to + toBytes, v128.shuffle<f32>(low0, low1, 2, 3, 6, 7));
  v128.store(to + 2 * toBytes, v128.shuffle<f32>(high0, high1, 0, 1, 4, 5));
  v128.store(to + 3 * toBytes, v128.shuffle<f32>(high0, high1, 2, 3, 6, 7));
}

/**
 * One block of rows against every panel, on top of one bias per column where its address is not 0; the bias is read in
 * whole panels. `narrow` holds rows of 8 values for the columns that the last panel lacks.
 */
export function multiplyBlock(rows: i32, k: i32, n: i32, a: usize, lda: usize, panels: usize, bias: usize, c: usize, ldc: usize, narrow: usize): void {
  const bytes = <usize>k << 5;
  const tall = rows / TILE_ROWS;
  const low = rows - tall * TILE_ROWS;
  const tallRows = <usize>(tall * TILE_ROWS);
  for (let column = 0; column < n; column += 8, panels += bytes) {
    const whole = n - column >= 8;
    const at = c + (<usize>column << 2);
    const to = whole ? at : narrow;
    const ldt = whole ? ldc : 32;
    const start = bias != 0 ? bias + (<usize>column << 2) : ZEROS;
    if (tall != 0) tiles(TILE_ROWS, tall, a, lda, panels, start, to, ldt, panels + bytes);
    if (low != 0) tiles(low, 1, a + tallRows * lda, lda, panels, start, to + tallRows * ldt, ldt, panels + bytes);
    if (!whole) copyColumns(rows, n - column, narrow, at, ldc);
  }
}

function copyColumns(rows: i32, columns: i32, from: usize, to: usize, ldc: usize): void {
  for (let r = 0; r < rows; r++, from += 32, to += ldc) {
    for (let i: usize = 0; i < <usize>columns << 2; i += 4) store<f32>(to + i, load<f32>(from + i));
  }
}
