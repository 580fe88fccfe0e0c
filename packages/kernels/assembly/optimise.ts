// What a step does to weights besides their gradients, in one pass over each.

import { loadLanes, storeLanes } from "./vectors";

/**
 * RMSProp in TensorFlow's form: s' = s + share (g^2 - s); m' = momentum m + rate g / sqrt(s' + epsilon); w' = w - m',
 * with g = gradient + decay w.
 */
export function rmsprop(
  w: usize,
  gradient: usize,
  s: usize,
  m: usize,
  count: i32,
  share: f32,
  momentum: f32,
  epsilon: f32,
  rate: f32,
  decay: f32,
  toW: usize,
  toS: usize,
  toM: usize,
): void {
  for (let at: usize = 0; count > 0; count -= 4, at += 16) {
    const weight = loadLanes(w + at, count);
    const g = f32x4.add(loadLanes(gradient + at, count), f32x4.mul(weight, f32x4.splat(decay)));
    const old = loadLanes(s + at, count);
    const square = f32x4.add(old, f32x4.mul(f32x4.sub(f32x4.mul(g, g), old), f32x4.splat(share)));
    const root = f32x4.sqrt(f32x4.add(square, f32x4.splat(epsilon)));
    const scaled = f32x4.div(f32x4.mul(g, f32x4.splat(rate)), root);
    const moment = f32x4.add(f32x4.mul(loadLanes(m + at, count), f32x4.splat(momentum)), scaled);
    storeLanes(toW + at, f32x4.sub(weight, moment), count);
    storeLanes(toS + at, square, count);
    storeLanes(toM + at, moment, count);
  }
}

/** y = from + share (to - from). */
export function blend(from: usize, to: usize, count: i32, share: f32, y: usize): void {
  for (; count > 0; count -= 4, from += 16, to += 16, y += 16) {
    const old = loadLanes(from, count);
    storeLanes(y, f32x4.add(old, f32x4.mul(f32x4.sub(loadLanes(to, count), old), f32x4.splat(share))), count);
  }
}
