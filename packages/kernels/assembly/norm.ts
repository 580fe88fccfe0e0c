// Batch norm over the rows of a [pixels][channels] matrix with the batch's own statistics, and its gradient, either with
// SiLU behind it. Sums grow in single precision over a block of rows and in double precision from block to block.

import { madd, sigmoid, silu } from "./math";
import { channelBytes, loadLanes, storeLanes, widen } from "./vectors";

/** Bytes of a block of rows, which is read twice. */
const BLOCK = 16 * 1024;

function rowsOfBlock(channels: i32): i32 {
  return max(1, BLOCK / (4 * channels));
}

/** Bytes of scratch that each function here needs. */
export function normScratch(channels: i32): usize {
  return 12 * channelBytes(channels);
}

/** Mean and biased variance of each channel: blocks are merged by their means and squared deviations (Chan et al. 1979). */
export function normStatistics(x: usize, pixels: i32, channels: i32, mean: usize, variance: usize, scratch: usize): void {
  const bytes = channelBytes(channels);
  const means = scratch + 2 * bytes;
  const squares = scratch + 4 * bytes;
  memory.fill(means, 0, 4 * bytes);
  const rowBytes = <usize>channels << 2;
  const rows = rowsOfBlock(channels);
  for (let first = 0; first < pixels; first += rows, x += <usize>rows * rowBytes) {
    const count = min(rows, pixels - first);
    memory.fill(scratch, 0, 2 * bytes);
    addRows(x, count, channels, scratch);
    scale(scratch, channels, <f32>1 / <f32>count);
    addSquares(x, count, channels, scratch, scratch + bytes);
    merge(scratch, scratch + bytes, first, count, channels, means, squares);
  }
  for (let c: usize = 0; c < <usize>channels; c++) {
    store<f32>(mean + (c << 2), <f32>load<f64>(means + (c << 3)));
    store<f32>(variance + (c << 2), <f32>(load<f64>(squares + (c << 3)) / <f64>pixels));
  }
}

function addRows(x: usize, rows: i32, channels: i32, sums: usize): void {
  for (let r = 0; r < rows; r++) {
    let sum = sums;
    for (let c = channels; c > 0; c -= 4, sum += 16) {
      v128.store(sum, f32x4.add(v128.load(sum), loadLanes(x, c)));
      x += <usize>min(4, c) << 2;
    }
  }
}

function addSquares(x: usize, rows: i32, channels: i32, means: usize, sums: usize): void {
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (let c = channels; c > 0; c -= 4, at += 16) {
      const off = f32x4.sub(loadLanes(x, c), v128.load(means + at));
      v128.store(sums + at, madd(off, off, v128.load(sums + at)));
      x += <usize>min(4, c) << 2;
    }
  }
}

function scale(values: usize, channels: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  for (let c = 0; c < channels; c += 4, values += 16) v128.store(values, f32x4.mul(v128.load(values), by));
}

function merge(mean: usize, square: usize, before: i32, count: i32, channels: i32, means: usize, squares: usize): void {
  const share = <f64>count / <f64>(before + count);
  const weight = share * <f64>before;
  for (let c = 0; c < channels; c++, mean += 4, square += 4, means += 8, squares += 8) {
    const old = load<f64>(means);
    const off = <f64>load<f32>(mean) - old;
    store<f64>(means, old + off * share);
    store<f64>(squares, load<f64>(squares) + <f64>load<f32>(square) + off * off * weight);
  }
}

/** y = (x - mean) * gamma / sqrt(variance + epsilon) + beta, with SiLU of it where asked for. */
export function normForward(
  x: usize, pixels: i32, channels: i32, mean: usize, variance: usize, gamma: usize, beta: usize,
  epsilon: f32, activated: i32, y: usize, scratch: usize,
): void {
  const bytes = channelBytes(channels);
  const slope = scratch + bytes, offset = scratch + 2 * bytes;
  widen(mean, channels, scratch);
  widen(beta, channels, offset);
  slopes(variance, gamma, channels, epsilon, slope);
  for (let p = 0; p < pixels; p++) {
    let at = scratch;
    for (let c = channels; c > 0; c -= 4, at += 16) {
      const z = madd(f32x4.sub(loadLanes(x, c), v128.load(at)), v128.load(at + bytes), v128.load(at + 2 * bytes));
      storeLanes(y, activated != 0 ? silu(z) : z, c);
      const step = <usize>min(4, c) << 2;
      x += step;
      y += step;
    }
  }
}

/** gamma / sqrt(variance + epsilon), or without gamma where its address is 0. */
function slopes(variance: usize, gamma: usize, channels: i32, epsilon: f32, to: usize): void {
  const one = f32x4.splat(1);
  for (let c = channels; c > 0; c -= 4, variance += 16, to += 16) {
    const root = f32x4.sqrt(f32x4.add(loadLanes(variance, c), f32x4.splat(epsilon)));
    v128.store(to, f32x4.div(gamma != 0 ? loadLanes(gamma, c) : one, root));
    if (gamma != 0) gamma += 16;
  }
}

/**
 * The gradients in x, gamma and beta. With z = gamma xn + beta and dz = dy act'(z) over n rows,
 * dbeta = sum dz, dgamma = sum dz xn, dx = gamma r (dz - dbeta / n - xn dgamma / n).
 */
export function normBackward(
  x: usize, dy: usize, pixels: i32, channels: i32, mean: usize, variance: usize, gamma: usize, beta: usize,
  epsilon: f32, activated: i32, dx: usize, dgamma: usize, dbeta: usize, scratch: usize,
): void {
  const bytes = channelBytes(channels);
  const steep = scratch + bytes, scales = scratch + 2 * bytes, offsets = scratch + 3 * bytes;
  const sums = scratch + 4 * bytes;
  const totals = scratch + 8 * bytes;
  widen(mean, channels, scratch);
  slopes(variance, 0, channels, epsilon, steep);
  widen(gamma, channels, scales);
  widen(beta, channels, offsets);
  memory.fill(totals, 0, 4 * bytes);
  const rowBytes = <usize>channels << 2;
  const rows = rowsOfBlock(channels);
  for (let first = 0; first < pixels; first += rows) {
    const count = min(rows, pixels - first);
    const at = <usize>first * rowBytes;
    memory.fill(sums, 0, 2 * bytes);
    if (activated != 0) activatedSums(x + at, dy + at, count, channels, bytes, scratch, sums, dx + at);
    else linearSums(x + at, dy + at, count, channels, bytes, scratch, sums);
    for (let c: usize = 0; c < bytes; c += 4) {
      const low = totals + 2 * c, high = low + 2 * bytes;
      store<f64>(low, load<f64>(low) + <f64>load<f32>(sums + c));
      store<f64>(high, load<f64>(high) + <f64>load<f32>(sums + bytes + c));
    }
  }
  // dx = a dz + b (x - mean) + d for each channel.
  for (let c: usize = 0; c < rowBytes; c += 4) {
    const sum = load<f64>(totals + 2 * c), weighted = load<f64>(totals + 2 * bytes + 2 * c);
    store<f32>(dbeta + c, <f32>sum);
    store<f32>(dgamma + c, <f32>weighted);
    const r = <f64>load<f32>(steep + c);
    const a = <f64>load<f32>(scales + c) * r;
    store<f32>(steep + c, <f32>a);
    store<f32>(scales + c, <f32>(-(a * r * weighted) / <f64>pixels));
    store<f32>(offsets + c, <f32>(-(a * sum) / <f64>pixels));
  }
  const dz = activated != 0 ? dx : dy;
  spread(x, dz, pixels, channels, bytes, scratch, dx);
}

function activatedSums(x: usize, dy: usize, rows: i32, channels: i32, bytes: usize, norm: usize, sums: usize, dz: usize): void {
  const one = f32x4.splat(1);
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (let c = channels; c > 0; c -= 4, at += 16) {
      const xn = f32x4.mul(f32x4.sub(loadLanes(x, c), v128.load(norm + at)), v128.load(norm + at + bytes));
      const z = madd(xn, v128.load(norm + at + 2 * bytes), v128.load(norm + at + 3 * bytes));
      const s = sigmoid(z);
      const slope = f32x4.mul(s, madd(z, f32x4.sub(one, s), one));
      const d = f32x4.mul(loadLanes(dy, c), slope);
      storeLanes(dz, d, c);
      v128.store(sums + at, f32x4.add(v128.load(sums + at), d));
      v128.store(sums + at + bytes, madd(d, xn, v128.load(sums + at + bytes)));
      const step = <usize>min(4, c) << 2;
      x += step;
      dy += step;
      dz += step;
    }
  }
}

function linearSums(x: usize, dy: usize, rows: i32, channels: i32, bytes: usize, norm: usize, sums: usize): void {
  for (let r = 0; r < rows; r++) {
    let at: usize = 0;
    for (let c = channels; c > 0; c -= 4, at += 16) {
      const xn = f32x4.mul(f32x4.sub(loadLanes(x, c), v128.load(norm + at)), v128.load(norm + at + bytes));
      const d = loadLanes(dy, c);
      v128.store(sums + at, f32x4.add(v128.load(sums + at), d));
      v128.store(sums + at + bytes, madd(d, xn, v128.load(sums + at + bytes)));
      const step = <usize>min(4, c) << 2;
      x += step;
      dy += step;
    }
  }
}

function spread(x: usize, dz: usize, pixels: i32, channels: i32, bytes: usize, norm: usize, dx: usize): void {
  for (let p = 0; p < pixels; p++) {
    let at = norm;
    for (let c = channels; c > 0; c -= 4, at += 16) {
      const off = f32x4.sub(loadLanes(x, c), v128.load(at));
      const inner = madd(off, v128.load(at + 2 * bytes), v128.load(at + 3 * bytes));
      storeLanes(dx, madd(loadLanes(dz, c), v128.load(at + bytes), inner), c);
      const step = <usize>min(4, c) << 2;
      x += step;
      dz += step;
      dx += step;
    }
  }
}
