// Patches of 4x4 outputs of a convolution in Winograd's form: what they see of the map, transformed, and back.

import { activateRows } from "./activate-rows";
import { copy, outside } from "./gather";
import {
  STEP_ACTIVATION,
  STEP_INPUT,
  STEP_IN_CHANNELS,
  STEP_IN_HEIGHT,
  STEP_IN_WIDTH,
  STEP_OUTPUT,
  STEP_OUT_CHANNELS,
  STEP_OUT_HEIGHT,
  STEP_OUT_WIDTH,
  STEP_PAD_LEFT,
  STEP_PAD_TOP,
  STEP_RESIDUAL,
  STEP_STRIDE,
} from "./layout";
import { lineLength, outputLines, transformLines } from "./winograd-lines";

/** Outputs along one side of a patch, and of the whole patch. */
const OUTPUTS: i32 = 4;
const PATCH_OUTPUTS: i32 = 16;
/** Bytes of one line of a patch's outputs, eight columns each. */
const OUTPUT_LINE: usize = 128;

/**
 * The pixels that patch number `patch` sees, transformed, each place `placeBytes` after the one before; where they reach
 * outside the map, of a copy at `edge` with zeros there. `temporary` has room for a patch of four channels.
 */
export function transformPatch(step: usize, patch: i32, across: i32, down: i32, edge: usize, temporary: usize, to: usize, placeBytes: usize): void {
  const stride = load<i32>(step, STEP_STRIDE);
  const inHeight = load<i32>(step, STEP_IN_HEIGHT);
  const inWidth = load<i32>(step, STEP_IN_WIDTH);
  const pixelBytes = <usize>load<i32>(step, STEP_IN_CHANNELS) << 2;
  const length = lineLength(stride);
  const row = patch / across;
  const example = row / down;
  const left = OUTPUTS * stride * (patch - row * across) - load<i32>(step, STEP_PAD_LEFT);
  const top = OUTPUTS * stride * (row - example * down) - load<i32>(step, STEP_PAD_TOP);
  const map = load<usize>(step, STEP_INPUT) + <usize>(example * inHeight) * <usize>inWidth * pixelBytes;
  let lineBytes = <usize>inWidth * pixelBytes;
  let from = map + <usize>top * lineBytes + <usize>left * pixelBytes;
  if (top < 0 || left < 0 || top + length > inHeight || left + length > inWidth) {
    let at = edge;
    for (let y = top; y < top + length; y++) {
      for (let x = left; x < left + length; x++, at += pixelBytes) {
        if (y < 0 || x < 0 || y >= inHeight || x >= inWidth) outside(0, at, pixelBytes);
        else copy(map + <usize>y * lineBytes + <usize>x * pixelBytes, at, pixelBytes);
      }
    }
    from = edge;
    lineBytes = <usize>length * pixelBytes;
  }
  const end = from + pixelBytes;
  const temporaryLine = <usize>length << 4;
  do {
    transformLines(stride, from, lineBytes, pixelBytes, temporary, 16, temporaryLine);
    transformLines(stride, temporary, temporaryLine, 16, to, placeBytes, <usize>length * placeBytes);
    from += 16;
    to += 16;
  } while (from < end);
}

/**
 * Products of one patch and eight channels to outputs, with activation and residual; `temporary` has room for the outputs
 * and as much again. Of the outputs, those that the map has are kept.
 */
export function finishPatch(step: usize, patch: i32, across: i32, down: i32, from: usize, placeBytes: usize, temporary: usize, channel: i32): void {
  const stride = load<i32>(step, STEP_STRIDE);
  const outHeight = load<i32>(step, STEP_OUT_HEIGHT);
  const outWidth = load<i32>(step, STEP_OUT_WIDTH);
  const outChannels = load<i32>(step, STEP_OUT_CHANNELS);
  const length = lineLength(stride);
  const half = temporary + <usize>OUTPUTS * OUTPUT_LINE;
  const halfLine = <usize>length << 4;
  for (let at: usize = 0; at < 32; at += 16) {
    outputLines(stride, length, from + at, <usize>length * placeBytes, placeBytes, half, halfLine, 16);
    outputLines(stride, OUTPUTS, half, 16, halfLine, temporary + at, 32, OUTPUT_LINE);
  }
  activateRows(PATCH_OUTPUTS, temporary, 32, load<i32>(step, STEP_ACTIVATION));
  const row = patch / across;
  const example = row / down;
  const left = OUTPUTS * (patch - row * across);
  const top = OUTPUTS * (row - example * down);
  const pixel = (example * outHeight + top) * outWidth + left;
  const at = (<usize>pixel * <usize>outChannels + <usize>channel) << 2;
  const residual = load<usize>(step, STEP_RESIDUAL);
  const lines = min(OUTPUTS, outHeight - top);
  const columns = min(OUTPUTS, outWidth - left);
  copyPatch(lines, columns, outChannels - channel >= 8, temporary, load<usize>(step, STEP_OUTPUT) + at, residual != 0 ? residual + at : 0, <usize>outChannels << 2, <usize>outWidth);
}

/** Adds the residual on the way; a last panel may have four channels only. */
function copyPatch(lines: i32, columns: i32, whole: bool, from: usize, to: usize, residual: usize, pixelBytes: usize, outWidth: usize): void {
  const back = (outWidth - <usize>columns) * pixelBytes;
  do {
    let at = from, left = columns;
    do {
      let low = v128.load(at), high = v128.load(at, 16);
      if (residual != 0) {
        low = f32x4.add(low, v128.load(residual));
        if (whole) high = f32x4.add(high, v128.load(residual, 16));
        residual += pixelBytes;
      }
      v128.store(to, low);
      if (whole) v128.store(to, high, 16);
      at += 32;
      to += pixelBytes;
    } while (--left);
    from += OUTPUT_LINE;
    to += back;
    if (residual != 0) residual += back;
  } while (--lines);
}
