// Depthwise convolution, four channels at a time. Kernels are packed per group of four channels, [group][tap][4]; where
// the channels are no multiple of four, the last group overlaps the one before it and computes the same values twice.

import { activateSum } from "./activate-rows";
import {
  STEP_ACTIVATION,
  STEP_BIAS,
  STEP_INPUT,
  STEP_IN_HEIGHT,
  STEP_IN_WIDTH,
  STEP_KERNEL,
  STEP_KERNEL_SIZE,
  STEP_OUTPUT,
  STEP_OUT_CHANNELS,
  STEP_OUT_HEIGHT,
  STEP_OUT_WIDTH,
  STEP_PAD_LEFT,
  STEP_PAD_TOP,
  STEP_STRIDE,
  STEP_SUMS,
} from "./layout";
import { madd } from "./math";
import { edge, hasEdges, strips, widestStrip } from "./strips";

/** Groups that threads may share out: 16, so that no two write to one cache line. */
const GRAIN = 4;
/** Groups that go along a row together: what they read of it and their kernels stay in the first-level cache. */
const RUN = 16;

export function depthwise(step: usize, batch: i32, thread: i32, threads: i32): void {
  const channels = load<i32>(step, STEP_OUT_CHANNELS);
  const rows = batch * load<i32>(step, STEP_OUT_HEIGHT);
  const whole = channels >> 2;
  const groups = (channels + 3) >> 2;
  if (rows >= 8 * threads) {
    depthwiseRows(step, (rows * thread) / threads, (rows * (thread + 1)) / threads, 0, groups);
  } else {
    const grains = (whole + GRAIN - 1) / GRAIN;
    const first = GRAIN * ((grains * thread) / threads);
    const last = min(whole, GRAIN * ((grains * (thread + 1)) / threads));
    // Where the last group overlaps the one before it, they have to be one thread's: each activates what it wrote.
    if (first < last) depthwiseRows(step, 0, rows, first, last == whole ? groups : last);
  }
}

function depthwiseRows(step: usize, firstRow: i32, lastRow: i32, firstGroup: i32, lastGroup: i32): void {
  const kernelSize = load<i32>(step, STEP_KERNEL_SIZE);
  const stride = load<i32>(step, STEP_STRIDE);
  const padTop = load<i32>(step, STEP_PAD_TOP);
  const padLeft = load<i32>(step, STEP_PAD_LEFT);
  const inHeight = load<i32>(step, STEP_IN_HEIGHT);
  const inWidth = load<i32>(step, STEP_IN_WIDTH);
  const outHeight = load<i32>(step, STEP_OUT_HEIGHT);
  const outWidth = load<i32>(step, STEP_OUT_WIDTH);
  const channels = load<i32>(step, STEP_OUT_CHANNELS);
  const activation = load<i32>(step, STEP_ACTIVATION);
  const kernel = load<usize>(step, STEP_KERNEL);
  const biases = load<usize>(step, STEP_BIAS);
  const sums = load<usize>(step, STEP_SUMS);
  const input = load<usize>(step, STEP_INPUT);
  const output = load<usize>(step, STEP_OUTPUT);
  const pixelBytes = <usize>channels << 2;
  const inLine = <usize>inWidth * pixelBytes;
  const groupBytes = <usize>(kernelSize * kernelSize) << 4;
  // The outputs whose whole window lies inside the map, left to right.
  const inside0 = min(outWidth, (padLeft + stride - 1) / stride);
  const widest = widestStrip(kernelSize, stride);
  const room = inWidth - kernelSize + padLeft;
  const inside1 = room >= 0 && widest > 0 ? max(inside0, min(outWidth, room / stride + 1)) : inside0;
  const edges = hasEdges(kernelSize, stride, padLeft, inWidth);
  for (let row = firstRow; row < lastRow; row++) {
    const example = row / outHeight;
    const top = (row - example * outHeight) * stride - padTop;
    const ky0 = max(0, -top);
    const ky1 = min(kernelSize, inHeight - top);
    const line0 = input + (<usize>example * <usize>inHeight + <usize>(top + ky0)) * inLine;
    const to0 = output + <usize>row * <usize>outWidth * pixelBytes;
    let group = firstGroup;
    while (group < lastGroup) {
      // The last group overlaps the one before it where the channels are no multiple of four, and goes alone.
      const groups = max(1, min(RUN, min(lastGroup, channels >> 2) - group));
      const channel = <usize>min(group << 2, channels - 4) << 2;
      const w = kernel + <usize>group * groupBytes + (<usize>(ky0 * kernelSize) << 4);
      const bias = biases + channel;
      const line = line0 + channel;
      const rows = ky1 - ky0;
      let to = to0 + channel;
      let x = 0;
      if (edges) {
        edge(kernelSize, false, groups, line, inLine, pixelBytes, w, groupBytes, rows, bias, to);
        x = padLeft;
        to += <usize>padLeft * pixelBytes;
      } else {
        for (; x < inside0; x++, to += pixelBytes) {
          borders(groups, line, inLine, pixelBytes, x * stride - padLeft, inWidth, w, groupBytes, kernelSize, rows, bias, to);
        }
      }
      while (x < inside1) {
        const outputs = min(widest, inside1 - x);
        const from = line + <usize>(x * stride - padLeft) * pixelBytes;
        strips(kernelSize, stride, outputs, groups, from, inLine, pixelBytes, w, groupBytes, rows, bias, to);
        x += outputs;
        to += <usize>outputs * pixelBytes;
      }
      if (edges) {
        edge(kernelSize, true, groups, line + <usize>(x - padLeft) * pixelBytes, inLine, pixelBytes, w, groupBytes, rows, bias, to);
        x = outWidth;
      }
      for (; x < outWidth; x++, to += pixelBytes) {
        borders(groups, line, inLine, pixelBytes, x * stride - padLeft, inWidth, w, groupBytes, kernelSize, rows, bias, to);
      }
      for (let i = 0; i < groups; i++) {
        const at = channel + (<usize>i << 4);
        // In a loop of its own, which is faster than in the strips.
        const total = activateSum(outWidth, to0 + at, pixelBytes, activation);
        if (sums != 0) v128.store(sums + <usize>row * pixelBytes + at, total);
      }
      group += groups;
    }
  }
}

/** One output of several groups. */
function borders(
  groups: i32, line: usize, inLine: usize, pixelBytes: usize, left: i32, inWidth: i32,
  w: usize, groupBytes: usize, kernelSize: i32, rows: i32, biases: usize, to: usize,
): void {
  for (let i = 0; i < groups; i++, line += 16, w += groupBytes, biases += 16, to += 16) {
    border(line, inLine, pixelBytes, left, inWidth, w, kernelSize, rows, v128.load(biases), to);
  }
}

/** One output whose window may reach over the sides of the map, for any kernel. */
function border(
  line: usize, inLine: usize, pixelBytes: usize, left: i32, inWidth: i32,
  w: usize, kernelSize: i32, rows: i32, bias: v128, to: usize,
): void {
  const kx0 = max(0, -left);
  const kx1 = min(kernelSize, inWidth - left);
  let sum = bias;
  for (let ky = 0; ky < rows; ky++, line += inLine, w += <usize>kernelSize << 4) {
    let from = line + <usize>(left + kx0) * pixelBytes;
    let tap = w + (<usize>kx0 << 4);
    for (let kx = kx0; kx < kx1; kx++, from += pixelBytes, tap += 16) {
      sum = madd(v128.load(from), v128.load(tap), sum);
    }
  }
  v128.store(to, sum);
}
