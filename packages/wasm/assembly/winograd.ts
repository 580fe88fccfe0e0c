// A 3x3 convolution with stride 1 by Winograd's F(4x4, 3x3): 36 products of matrices, one for each place of a
// transformed 6x6 patch of the map, give 4x4 outputs with a quarter of the multiply-adds.
// Source: Lavin and Gray 2015, "Fast algorithms for convolutional neural networks", section 4.3.
//
// A block of patches is transformed into scratch, [place][patch][channel]; then, per panel of 8 output channels, the
// products stand in [place][patch][8] and become outputs. Kernels come transformed, [panel][place][channel][8].

import {
  STEP_ACTIVATION,
  STEP_BIAS,
  STEP_INPUT,
  STEP_IN_CHANNELS,
  STEP_IN_HEIGHT,
  STEP_IN_WIDTH,
  STEP_KERNEL,
  STEP_OUTPUT,
  STEP_OUT_CHANNELS,
  STEP_OUT_HEIGHT,
  STEP_OUT_WIDTH,
  STEP_PAD_LEFT,
  STEP_PAD_TOP,
  STEP_RESIDUAL,
  STEP_TILES_PER_BLOCK,
} from "./layout";
import { copy, outside } from "./gather";
import { activate, four, madd, nmadd } from "./math";
import { TILE_ROWS, tiles } from "./tiles";

const PLACES: usize = 36;
/** The place whose product goes into all 16 outputs with a factor of 1, so that it is where a bias can begin. */
const BIAS_PLACE: usize = 7;
/** At the start of scratch: zeros for a panel to begin with, and room for one patch of four channels. */
const PATCH: usize = 32;
const HEAD: usize = 640;

export function winograd(step: usize, batch: i32, thread: i32, threads: i32, scratch: usize): void {
  const inChannels = load<i32>(step, STEP_IN_CHANNELS);
  const outChannels = load<i32>(step, STEP_OUT_CHANNELS);
  const outHeight = load<i32>(step, STEP_OUT_HEIGHT);
  const outWidth = load<i32>(step, STEP_OUT_WIDTH);
  const kernel = load<usize>(step, STEP_KERNEL);
  const bias = load<usize>(step, STEP_BIAS);
  const across = (outWidth + 3) >> 2;
  const down = (outHeight + 3) >> 2;
  const patches = batch * down * across;
  const panels = (outChannels + 7) >> 3;
  const perBlock = load<i32>(step, STEP_TILES_PER_BLOCK);
  const rowBytes = <usize>inChannels << 2;
  const matrixBytes = rowBytes << 3;
  // Few patches are for all threads, each of which then makes other output channels.
  const byPanels = threads > 1 && patches < 4 * threads;
  let first = 0, last = patches, panel0 = 0, panel1 = panels;
  if (byPanels) {
    panel0 = (panels * thread) / threads;
    panel1 = (panels * (thread + 1)) / threads;
  } else {
    first = (patches * thread) / threads;
    last = (patches * (thread + 1)) / threads;
  }
  if (panel0 == panel1) return;
  v128.store(scratch, f32x4.splat(0));
  v128.store(scratch, f32x4.splat(0), 16);
  const edge = scratch + HEAD;
  const transformed = edge + PLACES * rowBytes;
  const products = transformed + PLACES * <usize>perBlock * rowBytes;
  for (; first < last; first += perBlock) {
    const count = min(perBlock, last - first);
    for (let i = 0; i < count; i++) {
      transformPatch(step, first + i, across, down, edge, scratch + PATCH, transformed + <usize>i * rowBytes, <usize>count * rowBytes);
    }
    const whole = count / TILE_ROWS;
    const rest = count - whole * TILE_ROWS;
    for (let p = panel0; p < panel1; p++) {
      let b = kernel + PLACES * <usize>p * matrixBytes;
      let a = transformed;
      let c = products;
      for (let place: usize = 0; place < PLACES; place++, b += matrixBytes) {
        const start = place == BIAS_PLACE ? bias + (<usize>p << 5) : scratch;
        if (whole != 0) tiles(TILE_ROWS, whole, a, rowBytes, b, start, c, 32, b + matrixBytes);
        a += <usize>(whole * TILE_ROWS) * rowBytes;
        c += <usize>(whole * TILE_ROWS) << 5;
        if (rest != 0) {
          tiles(rest, 1, a, rowBytes, b, start, c, 32, b + matrixBytes);
          a += <usize>rest * rowBytes;
          c += <usize>rest << 5;
        }
      }
      const vectors = min(2, (outChannels - (p << 3)) >> 2);
      for (let i = 0; i < count; i++) {
        for (let v = 0; v < vectors; v++) {
          const from = products + (<usize>i << 5) + (<usize>v << 4);
          finishPatch(step, first + i, across, down, from, <usize>count << 5, scratch + PATCH, (<usize>p << 5) + (<usize>v << 4));
        }
      }
    }
  }
}

/** The 6x6 pixels that 4x4 outputs see, transformed; where they reach outside the map, a copy with zeros there. */
function transformPatch(step: usize, patch: i32, across: i32, down: i32, edge: usize, temporary: usize, to: usize, placeBytes: usize): void {
  const inHeight = load<i32>(step, STEP_IN_HEIGHT);
  const inWidth = load<i32>(step, STEP_IN_WIDTH);
  const pixelBytes = <usize>load<i32>(step, STEP_IN_CHANNELS) << 2;
  const row = patch / across;
  const example = row / down;
  const left = ((patch - row * across) << 2) - load<i32>(step, STEP_PAD_LEFT);
  const top = ((row - example * down) << 2) - load<i32>(step, STEP_PAD_TOP);
  const map = load<usize>(step, STEP_INPUT) + <usize>(example * inHeight) * <usize>inWidth * pixelBytes;
  let lineBytes = <usize>inWidth * pixelBytes;
  let from = map + <usize>top * lineBytes + <usize>left * pixelBytes;
  if (top < 0 || left < 0 || top + 6 > inHeight || left + 6 > inWidth) {
    let at = edge;
    for (let y = top; y < top + 6; y++) {
      for (let x = left; x < left + 6; x++, at += pixelBytes) {
        if (y < 0 || x < 0 || y >= inHeight || x >= inWidth) outside(0, at, pixelBytes);
        else copy(map + <usize>y * lineBytes + <usize>x * pixelBytes, at, pixelBytes);
      }
    }
    from = edge;
    lineBytes = 6 * pixelBytes;
  }
  const end = from + pixelBytes;
  do {
    transformLines(from, lineBytes, pixelBytes, temporary, 16, 96);
    transformLines(temporary, 96, 16, to, placeBytes, 6 * placeBytes);
    from += 16;
    to += 16;
  } while (from < end);
}

/** The one-dimensional transform of six lines: values `step` apart, lines `line` apart, and likewise where they go. */
function transformLines(from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
  let lines = 6;
  do {
    let at = from + step;
    const d0 = v128.load(from), d1 = v128.load(at), d2 = v128.load((at += step)), d3 = v128.load((at += step));
    const d4 = v128.load((at += step)), d5 = v128.load(at + step);
    const even = nmadd(d2, four(), d4), odd = nmadd(d1, four(), d3);
    const near = f32x4.sub(d4, d2), half = f32x4.sub(d3, d1), far = f32x4.add(half, half);
    let place = to + toStep;
    v128.store(to, madd(f32x4.sub(d0, d2), four(), near));
    v128.store(place, f32x4.add(even, odd));
    v128.store((place += toStep), f32x4.sub(even, odd));
    v128.store((place += toStep), f32x4.add(near, far));
    v128.store((place += toStep), f32x4.sub(near, far));
    v128.store(place + toStep, nmadd(half, four(), f32x4.sub(d5, d3)));
    from += line;
    to += toLine;
  } while (--lines);
}

/** Products of one patch and four channels to outputs, with bias, activation and residual. */
function finishPatch(step: usize, patch: i32, across: i32, down: i32, from: usize, placeBytes: usize, temporary: usize, channel: usize): void {
  const outHeight = load<i32>(step, STEP_OUT_HEIGHT);
  const outWidth = load<i32>(step, STEP_OUT_WIDTH);
  const pixelBytes = <usize>load<i32>(step, STEP_OUT_CHANNELS) << 2;
  const activation = load<i32>(step, STEP_ACTIVATION);
  const residual = load<usize>(step, STEP_RESIDUAL);
  const output = load<usize>(step, STEP_OUTPUT);
  outputLines(from, 6 * placeBytes, placeBytes, 6, temporary, 96, 16);
  // The second pass may write where it has read: its line is in registers.
  outputLines(temporary, 16, 96, 4, temporary, 16, 96);
  const row = patch / across;
  const example = row / down;
  const left = (patch - row * across) << 2;
  const top = (row - example * down) << 2;
  const columns = min(4, outWidth - left);
  const lines = min(4, outHeight - top);
  let to = output + (<usize>(example * outHeight + top) * <usize>outWidth + <usize>left) * pixelBytes + channel;
  const back = <usize>(outWidth - columns) * pixelBytes;
  for (let y = 0; y < lines; y++, to += back, temporary += 96) {
    for (let x = 0; x < columns; x++, to += pixelBytes) {
      let value = activate(v128.load(temporary + (<usize>x << 4)), activation);
      if (residual != 0) value = f32x4.add(value, v128.load(residual + (to - output)));
      v128.store(to, value);
    }
  }
}

/** The one-dimensional transform back, six values to four, of each line. */
function outputLines(from: usize, step: usize, line: usize, lines: i32, to: usize, toStep: usize, toLine: usize): void {
  do {
    let at = from + step;
    const m0 = v128.load(from), m1 = v128.load(at), m2 = v128.load((at += step));
    const m3 = v128.load((at += step)), m4 = v128.load((at += step)), m5 = v128.load(at + step);
    const sum1 = f32x4.add(m1, m2), difference1 = f32x4.sub(m1, m2);
    const sum2 = f32x4.add(m3, m4), half = f32x4.sub(m3, m4), difference2 = f32x4.add(half, half);
    let place = to + toStep;
    v128.store(to, f32x4.add(f32x4.add(m0, sum1), sum2));
    v128.store(place, f32x4.add(difference1, difference2));
    v128.store((place += toStep), madd(sum2, four(), sum1));
    v128.store(place + toStep, madd(difference2, four(), f32x4.add(difference1, m5)));
    from += line;
    to += toLine;
  } while (--lines);
}
