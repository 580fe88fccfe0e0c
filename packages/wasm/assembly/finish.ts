// What comes after the sums of a convolution, over rows of 8 columns.

import { activateRows } from "./activate-rows";

/** Activation, then the residual. */
export function finish(rows: i32, c: usize, ldc: usize, residual: usize, activation: i32): void {
  activateRows(rows, c, ldc, activation);
  if (residual == 0) return;
  do {
    v128.store(c, f32x4.add(v128.load(c), v128.load(residual)));
    v128.store(c, f32x4.add(v128.load(c, 16), v128.load(residual, 16)), 16);
    c += ldc;
    residual += ldc;
  } while (--rows);
}
