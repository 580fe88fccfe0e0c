// SiLU and its gradient over an array, in one pass each.

import { madd, sigmoid, silu } from "./math";
import { loadLanes, storeLanes } from "./vectors";

export function siluForward(x: usize, count: i32, y: usize): void {
  for (; count > 0; count -= 4, x += 16, y += 16) storeLanes(y, silu(loadLanes(x, count)), count);
}

/** dx = dy s (1 + x (1 - s)), s = sigmoid(x). */
export function siluBackward(x: usize, dy: usize, count: i32, dx: usize): void {
  const one = f32x4.splat(1);
  for (; count > 0; count -= 4, x += 16, dy += 16, dx += 16) {
    const value = loadLanes(x, count);
    const s = sigmoid(value);
    const slope = f32x4.mul(s, madd(value, f32x4.sub(one, s), one));
    storeLanes(dx, f32x4.mul(loadLanes(dy, count), slope), count);
  }
}
