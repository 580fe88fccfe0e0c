// Rows of the matrix that a convolution multiplies: one per output position, [kernel row][kernel column][channel].

import {
  STEP_BORDER,
  STEP_GATE,
  STEP_INPUT,
  STEP_IN_CHANNELS,
  STEP_IN_HEIGHT,
  STEP_IN_WIDTH,
  STEP_KERNEL_SIZE,
  STEP_OUT_HEIGHT,
  STEP_OUT_WIDTH,
  STEP_PAD_LEFT,
  STEP_PAD_TOP,
  STEP_STRIDE,
} from "./layout";

/** Rows `first` to `last` of the matrix; where the row is longer than its values, zeros follow. */
export function gatherRows(step: usize, first: i32, last: i32, to: usize, rowBytes: usize): void {
  if (load<i32>(step, STEP_KERNEL_SIZE) == 1 && load<i32>(step, STEP_STRIDE) == 1) gatherPixels(step, first, last, to, rowBytes);
  else gatherWindows(step, first, last, to, rowBytes);
}

/** A 1x1 convolution's rows are the map's pixels, multiplied by the gate of their example where there is one. */
function gatherPixels(step: usize, first: i32, last: i32, to: usize, rowBytes: usize): void {
  const channels = load<i32>(step, STEP_IN_CHANNELS);
  const positions = load<i32>(step, STEP_OUT_HEIGHT) * load<i32>(step, STEP_OUT_WIDTH);
  const gates = load<usize>(step, STEP_GATE);
  const bytes = <usize>channels << 2;
  let from = load<usize>(step, STEP_INPUT) + <usize>first * bytes;
  for (let m = first; m < last; m++, from += bytes, to += rowBytes) {
    let gate = gates != 0 ? gates + <usize>(m / positions) * bytes : 0;
    let i: usize = 0;
    if (gate != 0) {
      for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.mul(v128.load(from + i), v128.load(gate + i)));
      for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i) * load<f32>(gate + i));
    } else {
      copy(from, to, bytes);
      i = bytes;
    }
    for (; i < rowBytes; i += 4) store<f32>(to + i, 0);
  }
}

/** Three pixels of three colours: a line of a first convolution, of which there are too many to look at each. */
const STEM_WINDOW: usize = 36;

function gatherWindows(step: usize, first: i32, last: i32, to: usize, rowBytes: usize): void {
  const kernelSize = load<i32>(step, STEP_KERNEL_SIZE);
  const stride = load<i32>(step, STEP_STRIDE);
  const padTop = load<i32>(step, STEP_PAD_TOP);
  const padLeft = load<i32>(step, STEP_PAD_LEFT);
  const inHeight = load<i32>(step, STEP_IN_HEIGHT);
  const inWidth = load<i32>(step, STEP_IN_WIDTH);
  const outHeight = load<i32>(step, STEP_OUT_HEIGHT);
  const outWidth = load<i32>(step, STEP_OUT_WIDTH);
  const border = load<usize>(step, STEP_BORDER);
  const pixelBytes = <usize>load<i32>(step, STEP_IN_CHANNELS) << 2;
  const lineBytes = <usize>inWidth * pixelBytes;
  const windowBytes = <usize>kernelSize * pixelBytes;
  const input = load<usize>(step, STEP_INPUT);
  const stem = kernelSize == 3 && windowBytes == STEM_WINDOW;
  let x = first % outWidth;
  let y = (first / outWidth) % outHeight;
  let example = input + <usize>(first / outWidth / outHeight) * <usize>inHeight * lineBytes;
  for (let m = first; m < last; m++, to += rowBytes) {
    const left = x * stride - padLeft;
    const top = y * stride - padTop;
    let at = to, ky = 0;
    if (stem && top >= 0 && left >= 0 && top + 3 <= inHeight && left + 3 <= inWidth) {
      gatherStem(example + <usize>top * lineBytes + <usize>left * pixelBytes, lineBytes, to);
      at = to + 3 * STEM_WINDOW;
      ky = 3;
    }
    for (; ky < kernelSize; ky++, at += windowBytes) {
      const line = top + ky;
      if (line < 0 || line >= inHeight) {
        for (let kx = 0; kx < kernelSize; kx++) outside(border, at + <usize>kx * pixelBytes, pixelBytes);
      } else if (left >= 0 && left + kernelSize <= inWidth) {
        copy(example + <usize>line * lineBytes + <usize>left * pixelBytes, at, windowBytes);
      } else {
        for (let kx = 0; kx < kernelSize; kx++) {
          const column = left + kx;
          const pixel = at + <usize>kx * pixelBytes;
          if (column < 0 || column >= inWidth) outside(border, pixel, pixelBytes);
          else copy(example + <usize>line * lineBytes + <usize>column * pixelBytes, pixel, pixelBytes);
        }
      }
    }
    for (; at < to + rowBytes; at += 4) store<f32>(at, 0);
    if (++x == outWidth) {
      x = 0;
      if (++y == outHeight) {
        y = 0;
        example += <usize>inHeight * lineBytes;
      }
    }
  }
}

/** The nine pixels of a window that lies inside the map. */
// @ts-ignore: decorator
@inline
function gatherStem(from: usize, lineBytes: usize, to: usize): void {
  gatherStemLine(from, to);
  gatherStemLine(from + lineBytes, to + STEM_WINDOW);
  gatherStemLine(from + 2 * lineBytes, to + 2 * STEM_WINDOW);
}

// @ts-ignore: decorator
@inline
function gatherStemLine(from: usize, to: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  store<f32>(to, load<f32>(from, 32), 32);
}

/** A pixel that the map does not have. */
export function outside(border: usize, to: usize, bytes: usize): void {
  if (border != 0) copy(border, to, bytes);
  else for (let i: usize = 0; i < bytes; i += 4) store<f32>(to + i, 0);
}

export function copy(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
}
