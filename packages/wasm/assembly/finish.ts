// What comes after the sums of a convolution, over rows of 8 columns.

import { ACTIVATION_NONE, ACTIVATION_SILU } from "./layout";
import { activate, siluRows } from "./math";

/** Activation, then the residual. */
export function finish(rows: i32, c: usize, ldc: usize, residual: usize, activation: i32): void {
  if (activation == ACTIVATION_SILU) siluRows(rows, c, ldc);
  else if (activation != ACTIVATION_NONE) {
    let to = c;
    for (let r = 0; r < rows; r++, to += ldc) {
      v128.store(to, activate(v128.load(to), activation));
      v128.store(to, activate(v128.load(to, 16), activation), 16);
    }
  }
  if (residual != 0) {
    do {
      v128.store(c, f32x4.add(v128.load(c), v128.load(residual)));
      v128.store(c, f32x4.add(v128.load(c, 16), v128.load(residual, 16)), 16);
      c += ldc;
      residual += ldc;
    } while (--rows);
  }
}
