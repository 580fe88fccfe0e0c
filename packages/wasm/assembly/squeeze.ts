// Squeeze-and-excitation from sums of rows to gates. Kernels: reduce [squeezed, padded to 4][channels, padded to 4],
// expand [squeezed][channels, padded to 4], biases padded likewise; all padding is zero.

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
  const groups = (load<i32>(step, STEP_OUT_CHANNELS) + 3) >> 2;
  if (batch >= threads) {
    for (let n = (batch * thread) / threads; n < (batch * (thread + 1)) / threads; n++) squeezeExample(step, n, 0, groups, scratch);
  } else {
    // Every thread needs all of the small layer in the middle, and computing it is cheaper than waiting for it.
    const first = (groups * thread) / threads;
    const last = (groups * (thread + 1)) / threads;
    for (let n = 0; n < batch; n++) squeezeExample(step, n, first, last, scratch);
  }
}

function squeezeExample(step: usize, n: i32, firstGroup: i32, lastGroup: i32, scratch: usize): void {
  const channels = load<i32>(step, STEP_OUT_CHANNELS);
  const rows = load<i32>(step, STEP_IN_HEIGHT);
  const squeezed = load<i32>(step, STEP_SQUEEZED);
  const bytes = <usize>channels << 2;
  const padded = <usize>((channels + 3) & ~3) << 2;
  const middle = scratch + padded;
  means(load<usize>(step, STEP_INPUT) + <usize>n * <usize>rows * bytes, rows, bytes, load<f32>(step, STEP_SCALE), scratch);
  reduce(scratch, padded, squeezed, load<usize>(step, STEP_KERNEL), load<usize>(step, STEP_BIAS), load<i32>(step, STEP_ACTIVATION), middle);
  const output = load<usize>(step, STEP_OUTPUT) + <usize>n * bytes;
  const kernel = load<usize>(step, STEP_EXPAND_KERNEL);
  const biases = load<usize>(step, STEP_EXPAND_BIAS);
  let group = firstGroup;
  // Four groups at a time hide the latency of each other's sums; the last ones go alone.
  for (; group + 4 <= lastGroup && (group + 4) << 2 <= channels; group += 4) {
    const at = <usize>group << 4;
    let s0 = v128.load(biases + at), s1 = v128.load(biases + at, 16), s2 = v128.load(biases + at, 32), s3 = v128.load(biases + at, 48);
    let w = kernel + at;
    let value = middle;
    for (let i = 0; i < squeezed; i++, w += padded, value += 4) {
      const x = v128.load_splat<f32>(value);
      s0 = madd(x, v128.load(w), s0);
      s1 = madd(x, v128.load(w, 16), s1);
      s2 = madd(x, v128.load(w, 32), s2);
      s3 = madd(x, v128.load(w, 48), s3);
    }
    v128.store(output + at, sigmoid(s0));
    v128.store(output + at, sigmoid(s1), 16);
    v128.store(output + at, sigmoid(s2), 32);
    v128.store(output + at, sigmoid(s3), 48);
  }
  for (; group < lastGroup; group++) {
    const at = <usize>group << 4;
    let sum = v128.load(biases + at);
    let w = kernel + at;
    let value = middle;
    for (let i = 0; i < squeezed; i++, w += padded, value += 4) sum = madd(v128.load_splat<f32>(value), v128.load(w), sum);
    sum = sigmoid(sum);
    const left = channels - (group << 2);
    if (left >= 4) v128.store(output + at, sum);
    else {
      v128.store_lane<f32>(output + at, sum, 0);
      if (left > 1) v128.store_lane<f32>(output + at, sum, 1, 4);
      if (left > 2) v128.store_lane<f32>(output + at, sum, 2, 8);
    }
  }
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
