// Depthwise convolution and its two gradients. Sixteen channels of one example are copied into a plane of their own with
// zeros beside its rows, [row][column][16], so that no window needs care at an edge and every access stays near the last.

import { productRows, stripRow } from "./plane-strips";
import { loadLanes, storeLanes } from "./vectors";
import { Geometry } from "./windows";

const PIXEL: usize = 64;
const LANES = 16;

// @ts-ignore: decorator
@inline
function tapsBytes(g: Geometry): usize {
  return <usize>(g.kernelHeight * g.kernelWidth) * PIXEL;
}

/** Columns that windows reach over when a map of `outputs` columns is read with this stride. */
// @ts-ignore: decorator
@inline
function reach(outputs: i32, stride: i32, kernel: i32): i32 {
  return (outputs - 1) * stride + kernel;
}

/** Bytes of scratch that any of the three needs. */
export function depthwiseScratch(at: usize): usize {
  const g = changetype<Geometry>(at);
  const forward = g.inHeight * reach(g.outWidth, g.strideWidth, g.kernelWidth);
  const backward = g.outHeight * reach(g.inWidth, 1, g.kernelWidth);
  const pixels = max(forward, backward) + g.outHeight * g.outWidth + max(g.inWidth, g.outWidth);
  return tapsBytes(g) + <usize>pixels * PIXEL;
}

/** Copies up to 16 channels of a map, `step` columns apart from column `left` on; what is not written is 0. */
function fillPlane(from: usize, height: i32, width: i32, channels: i32, lanes: i32, left: i32, step: i32, columns: i32, to: usize): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>columns * PIXEL;
  if (left != 0 || step != 1 || width != columns || lanes < LANES) memory.fill(to, 0, <usize>height * rowBytes);
  const first = left < 0 ? (step - 1 - left) / step : 0;
  const last = min(width, (columns - left + step - 1) / step);
  for (let y = 0; y < height; y++, from += <usize>width * pixelBytes, to += rowBytes) {
    let pixel = from + <usize>first * pixelBytes;
    let at = to + <usize>(left + first * step) * PIXEL;
    for (let x = first; x < last; x++, pixel += pixelBytes, at += <usize>step * PIXEL) {
      if (lanes >= LANES) {
        v128.store(at, v128.load(pixel));
        v128.store(at, v128.load(pixel, 16), 16);
        v128.store(at, v128.load(pixel, 32), 32);
        v128.store(at, v128.load(pixel, 48), 48);
      } else {
        for (let c = 0; c < lanes; c += 4) v128.store(at + (<usize>c << 2), loadLanes(pixel + (<usize>c << 2), lanes - c));
      }
    }
  }
}

/** Up to 16 channels of a kernel, [tap][16], the taps back to front where asked for. */
function packTaps(kernel: usize, taps: i32, channels: i32, lanes: i32, flip: bool, to: usize): void {
  for (let t = 0; t < taps; t++, to += PIXEL) {
    const from = kernel + (<usize>(flip ? taps - 1 - t : t) * <usize>channels << 2);
    for (let c = 0; c < LANES; c += 4) v128.store(to + (<usize>c << 2), c < lanes ? loadLanes(from + (<usize>c << 2), lanes - c) : f32x4.splat(0));
  }
}

/** A row of outputs for every vector of the block; a vector that is not whole goes over a line of scratch. */
function outputRow(
  kernelWidth: i32, stride: i32, outputs: i32, rows: i32, line: usize, rowBytes: usize, taps: usize, tapBytes: usize,
  lanes: i32, to: usize, toBytes: usize, spare: usize,
): void {
  for (let c = 0; c < lanes; c += 4) {
    const at = <usize>c << 2;
    const whole = lanes - c >= 4;
    const row = whole ? to + at : spare;
    const step: usize = whole ? toBytes : 16;
    if (rows > 0) stripRow(kernelWidth, stride, outputs, rows, line + at, rowBytes, taps + at, tapBytes, row, step);
    else for (let x: usize = 0; x < <usize>outputs; x++) v128.store(row + x * step, f32x4.splat(0));
    if (!whole) for (let x: usize = 0; x < <usize>outputs; x++) storeLanes(to + at + x * toBytes, v128.load(spare + x * 16), lanes - c);
  }
}

export function depthwise(at: usize, x: usize, kernel: usize, y: usize, scratch: usize): void {
  const g = changetype<Geometry>(at);
  const channels = g.inChannels;
  const pixelBytes = <usize>channels << 2;
  const columns = reach(g.outWidth, g.strideWidth, g.kernelWidth);
  const plane = scratch + tapsBytes(g);
  const rowBytes = <usize>columns * PIXEL;
  const spare = plane + <usize>g.inHeight * rowBytes;
  const tapBytes = <usize>g.kernelWidth * PIXEL;
  for (let c = 0; c < channels; c += LANES) {
    const lanes = min(LANES, channels - c);
    const offset = <usize>c << 2;
    packTaps(kernel + offset, g.kernelHeight * g.kernelWidth, channels, lanes, false, scratch);
    for (let n = 0; n < g.batch; n++) {
      const example = x + <usize>(n * g.inHeight * g.inWidth) * pixelBytes + offset;
      fillPlane(example, g.inHeight, g.inWidth, channels, lanes, g.padLeft, 1, columns, plane);
      for (let oy = 0; oy < g.outHeight; oy++) {
        const top = oy * g.strideHeight - g.padTop;
        const ky0 = max(0, -top);
        const ky1 = min(g.kernelHeight, g.inHeight - top);
        const to = y + <usize>((n * g.outHeight + oy) * g.outWidth) * pixelBytes + offset;
        outputRow(
          g.kernelWidth, g.strideWidth, g.outWidth, ky1 - ky0, plane + <usize>(top + ky0) * rowBytes, rowBytes,
          scratch + <usize>ky0 * tapBytes, tapBytes, lanes, to, pixelBytes, spare,
        );
      }
    }
  }
}

/** dx: dy with its columns `stride` apart, under the kernel back to front; rows in between are skipped. */
export function depthwiseBackpropInput(at: usize, dy: usize, kernel: usize, dx: usize, scratch: usize): void {
  const g = changetype<Geometry>(at);
  const channels = g.inChannels;
  const pixelBytes = <usize>channels << 2;
  const columns = reach(g.inWidth, 1, g.kernelWidth);
  const plane = scratch + tapsBytes(g);
  const rowBytes = <usize>columns * PIXEL;
  const spare = plane + <usize>g.outHeight * rowBytes;
  const tapBytes = <usize>g.kernelWidth * PIXEL;
  const stride = g.strideHeight;
  for (let c = 0; c < channels; c += LANES) {
    const lanes = min(LANES, channels - c);
    const offset = <usize>c << 2;
    packTaps(kernel + offset, g.kernelHeight * g.kernelWidth, channels, lanes, true, scratch);
    for (let n = 0; n < g.batch; n++) {
      const example = dy + <usize>(n * g.outHeight * g.outWidth) * pixelBytes + offset;
      fillPlane(example, g.outHeight, g.outWidth, channels, lanes, g.kernelWidth - 1 - g.padLeft, g.strideWidth, columns, plane);
      for (let iy = 0; iy < g.inHeight; iy++) {
        const bottom = iy + g.padTop;
        const oy0 = max(0, bottom - g.kernelHeight + stride) / stride;
        const oy1 = min(g.outHeight - 1, bottom / stride);
        const tap = g.kernelHeight - 1 - bottom + stride * oy0;
        const to = dx + <usize>((n * g.inHeight + iy) * g.inWidth) * pixelBytes + offset;
        outputRow(
          g.kernelWidth, 1, g.inWidth, oy1 - oy0 + 1, plane + <usize>oy0 * rowBytes, rowBytes,
          scratch + <usize>tap * tapBytes, <usize>stride * tapBytes, lanes, to, pixelBytes, spare,
        );
      }
    }
  }
}

/** The kernel's gradient: for each tap the sum over all outputs of dy times the pixel that the tap sees. */
export function depthwiseBackpropFilter(at: usize, x: usize, dy: usize, dKernel: usize, scratch: usize): void {
  const g = changetype<Geometry>(at);
  const channels = g.inChannels;
  const pixelBytes = <usize>channels << 2;
  const columns = reach(g.outWidth, g.strideWidth, g.kernelWidth);
  const plane = scratch + tapsBytes(g);
  const rowBytes = <usize>columns * PIXEL;
  const dense = plane + <usize>g.inHeight * rowBytes;
  const taps = g.kernelHeight * g.kernelWidth;
  for (let c = 0; c < channels; c += LANES) {
    const lanes = min(LANES, channels - c);
    const offset = <usize>c << 2;
    const ragged = (lanes & 3) != 0;
    const dyPixel = ragged ? PIXEL : pixelBytes;
    const dyRow = <usize>g.outWidth * dyPixel;
    memory.fill(scratch, 0, tapsBytes(g));
    for (let n = 0; n < g.batch; n++) {
      fillPlane(x + <usize>(n * g.inHeight * g.inWidth) * pixelBytes + offset, g.inHeight, g.inWidth, channels, lanes, g.padLeft, 1, columns, plane);
      let outputs = dy + <usize>(n * g.outHeight * g.outWidth) * pixelBytes + offset;
      if (ragged) {
        fillPlane(outputs, g.outHeight, g.outWidth, channels, lanes, 0, 1, g.outWidth, dense);
        outputs = dense;
      }
      for (let ky = 0; ky < g.kernelHeight; ky++) {
        const first = max(0, g.padTop - ky + g.strideHeight - 1) / g.strideHeight;
        const room = g.inHeight - 1 + g.padTop - ky;
        const last = room < 0 ? 0 : min(g.outHeight, room / g.strideHeight + 1);
        if (last <= first) continue;
        const line = plane + <usize>(first * g.strideHeight - g.padTop + ky) * rowBytes;
        for (let v: usize = 0; v < <usize>lanes << 2; v += 16) {
          productRows(
            g.kernelWidth, g.strideWidth, last - first, g.outWidth, line + v, <usize>g.strideHeight * rowBytes,
            outputs + <usize>first * dyRow + v, dyRow, dyPixel, scratch + <usize>(ky * g.kernelWidth) * PIXEL + v,
          );
        }
      }
    }
    for (let t = 0; t < taps; t++) {
      for (let v = 0; v < lanes; v += 4) {
        const sum = v128.load(scratch + <usize>t * PIXEL + (<usize>v << 2));
        storeLanes(dKernel + (<usize>(t * channels + c + v) << 2), sum, lanes - v);
      }
    }
  }
}
