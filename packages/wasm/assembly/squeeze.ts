// Squeeze-and-excitation from sums of rows to gates. Kernels: reduce [squeezed, padded to 4][channels, padded to 4],
// expand in panels of 16 columns, [panel][squeezed][16], biases padded likewise; all padding is zero.

import { copy } from "./gather";
import {
  STEP_ACTIVATION,
  STEP_BIAS,
  STEP_EXPAND_BIAS,
  STEP_EXPAND_KERNEL,
  STEP_INPUT,
  STEP_IN_HEIGHT,
  STEP_KERNEL,
  STEP_OUTPUT,
  STEP_OUT_CHANNELS,
  STEP_SCALE,
  STEP_SQUEEZED,
} from "./layout";
import { activate, madd, sigmoid } from "./math";

export function squeeze(step: usize, batch: i32, thread: i32, threads: i32, scratch: usize): void {
  const panels = (load<i32>(step, STEP_OUT_CHANNELS) + 15) >> 4;
  if (batch >= threads) {
    for (let n = (batch * thread) / threads; n < (batch * (thread + 1)) / threads; n++) squeezeExample(step, n, 0, panels, scratch);
  } else {
    // Every thread needs all of the small layer in the middle, and computing it is cheaper than waiting for it.
    const first = (panels * thread) / threads;
    const last = (panels * (thread + 1)) / threads;
    for (let n = 0; n < batch; n++) squeezeExample(step, n, first, last, scratch);
  }
}

function squeezeExample(step: usize, n: i32, firstPanel: i32, lastPanel: i32, scratch: usize): void {
  const channels = load<i32>(step, STEP_OUT_CHANNELS);
  const rows = load<i32>(step, STEP_IN_HEIGHT);
  const squeezed = load<i32>(step, STEP_SQUEEZED);
  const bytes = <usize>channels << 2;
  const padded = <usize>((channels + 3) & ~3) << 2;
  const middle = scratch + padded;
  const gates = middle + (<usize>((squeezed + 3) & ~3) << 2);
  means(load<usize>(step, STEP_INPUT) + <usize>n * <usize>rows * bytes, rows, bytes, load<f32>(step, STEP_SCALE), scratch);
  reduce(scratch, padded, squeezed, load<usize>(step, STEP_KERNEL), load<usize>(step, STEP_BIAS), load<i32>(step, STEP_ACTIVATION), middle);
  const output = load<usize>(step, STEP_OUTPUT) + <usize>n * bytes;
  const kernel = load<usize>(step, STEP_EXPAND_KERNEL);
  const biases = load<usize>(step, STEP_EXPAND_BIAS);
  for (let panel = firstPanel; panel < lastPanel; panel++) {
    const at = <usize>panel << 6;
    const left = bytes - at;
    if (left >= 64) expand(middle, squeezed, kernel + <usize>squeezed * at, biases + at, output + at);
    else {
      expand(middle, squeezed, kernel + <usize>squeezed * at, biases + at, gates);
      copy(gates, output + at, left);
    }
  }
}

/** Sixteen gates. */
function expand(value: usize, squeezed: i32, w: usize, biases: usize, to: usize): void {
  let s0 = v128.load(biases), s1 = v128.load(biases, 16), s2 = v128.load(biases, 32), s3 = v128.load(biases, 48);
  do {
    const x = v128.load_splat<f32>(value);
    s0 = madd(x, v128.load(w), s0);
    s1 = madd(x, v128.load(w, 16), s1);
    s2 = madd(x, v128.load(w, 32), s2);
    s3 = madd(x, v128.load(w, 48), s3);
    w += 64;
    value += 4;
  } while (--squeezed);
  v128.store(to, sigmoid(s0));
  v128.store(to, sigmoid(s1), 16);
  v128.store(to, sigmoid(s2), 32);
  v128.store(to, sigmoid(s3), 48);
}

/** The mean of each channel, followed by zeros up to a multiple of four. */
function means(from: usize, rows: i32, bytes: usize, scale: f32, to: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    let sum = v128.load(from + i);
    let at = from + i;
    for (let r = 1; r < rows; r++) sum = f32x4.add(sum, v128.load((at += bytes)));
    v128.store(to + i, f32x4.mul(sum, f32x4.splat(scale)));
  }
  for (; i < bytes; i += 4) {
    let sum = load<f32>(from + i);
    let at = from + i;
    for (let r = 1; r < rows; r++) sum += load<f32>((at += bytes));
    store<f32>(to + i, sum * scale);
  }
  for (; (i & 15) != 0; i += 4) store<f32>(to + i, 0);
}

/** Four dot products at a time. */
function reduce(from: usize, bytes: usize, squeezed: i32, w: usize, biases: usize, activation: i32, to: usize): void {
  for (let j = 0; j < squeezed; j += 4, w += bytes << 2, biases += 16, to += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    const w1 = w + bytes, w2 = w1 + bytes, w3 = w2 + bytes;
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = v128.load(from + i);
      s0 = madd(x, v128.load(w + i), s0);
      s1 = madd(x, v128.load(w1 + i), s1);
      s2 = madd(x, v128.load(w2 + i), s2);
      s3 = madd(x, v128.load(w3 + i), s3);
    }
    // Transposed, so that one addition of vectors sums the lanes of each.
    const low01 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
    const pairs01 = f32x4.add(low01, high01), pairs23 = f32x4.add(low23, high23);
    const even = v128.shuffle<f32>(pairs01, pairs23, 0, 1, 4, 5), odd = v128.shuffle<f32>(pairs01, pairs23, 2, 3, 6, 7);
    v128.store(to, activate(f32x4.add(f32x4.add(even, odd), v128.load(biases)), activation));
  }
}
