// The mean over height and width, sixteen channels at a time.

import { STEP_INPUT, STEP_IN_HEIGHT, STEP_IN_WIDTH, STEP_OUTPUT, STEP_OUT_CHANNELS } from "./layout";

export function pool(step: usize, batch: i32, thread: i32, threads: i32): void {
  const channels = load<i32>(step, STEP_OUT_CHANNELS);
  const positions = load<i32>(step, STEP_IN_HEIGHT) * load<i32>(step, STEP_IN_WIDTH);
  const bytes = <usize>channels << 2;
  const chunks = (channels + 15) >> 4;
  const scale = <f32>1 / <f32>positions;
  const input = load<usize>(step, STEP_INPUT);
  const output = load<usize>(step, STEP_OUTPUT);
  const units = batch * chunks;
  for (let unit = (units * thread) / threads; unit < (units * (thread + 1)) / threads; unit++) {
    const n = unit / chunks;
    const at = <usize>(unit - n * chunks) << 6;
    const from = input + <usize>n * <usize>positions * bytes + at;
    const to = output + <usize>n * bytes + at;
    if (at + 64 <= bytes) mean16(from, positions, bytes, scale, to);
    else for (let i: usize = 0; at + i < bytes; i += 4) mean1(from + i, positions, bytes, scale, to + i);
  }
}

function mean16(from: usize, positions: i32, bytes: usize, scale: f32, to: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  do {
    s0 = f32x4.add(s0, v128.load(from));
    s1 = f32x4.add(s1, v128.load(from, 16));
    s2 = f32x4.add(s2, v128.load(from, 32));
    s3 = f32x4.add(s3, v128.load(from, 48));
    from += bytes;
  } while (--positions);
  const factor = f32x4.splat(scale);
  v128.store(to, f32x4.mul(s0, factor));
  v128.store(to, f32x4.mul(s1, factor), 16);
  v128.store(to, f32x4.mul(s2, factor), 32);
  v128.store(to, f32x4.mul(s3, factor), 48);
}

function mean1(from: usize, positions: i32, bytes: usize, scale: f32, to: usize): void {
  let sum: f32 = 0;
  do {
    sum += load<f32>(from);
    from += bytes;
  } while (--positions);
  store<f32>(to, sum * scale);
}
