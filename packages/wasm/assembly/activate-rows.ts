// Activations of many rows at once, eight columns each or four with their sum. The common ones have loops of their own: a
// choice or a call for every vector takes longer than the activation.

import { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_RELU6, ACTIVATION_SILU } from "./layout";
import { activate, siluRows, siluSum } from "./math";

export function activateRows(rows: i32, at: usize, rowBytes: usize, activation: i32): void {
  if (activation == ACTIVATION_NONE) return;
  if (activation == ACTIVATION_SILU) siluRows(rows, at, rowBytes);
  else if (isClamp(activation)) clampRows(rows, at, rowBytes, highest(activation));
  else {
    do {
      v128.store(at, activate(v128.load(at), activation));
      v128.store(at, activate(v128.load(at, 16), activation), 16);
      at += rowBytes;
    } while (--rows);
  }
}

export function activateSum(rows: i32, at: usize, rowBytes: usize, activation: i32): v128 {
  if (activation == ACTIVATION_SILU) return siluSum(rows, at, rowBytes);
  if (isClamp(activation)) return clampSum(rows, at, rowBytes, highest(activation));
  let sum = f32x4.splat(0);
  do {
    const value = activate(v128.load(at), activation);
    v128.store(at, value);
    sum = f32x4.add(sum, value);
    at += rowBytes;
  } while (--rows);
  return sum;
}

/** ReLU and ReLU6 keep what lies between 0 and the highest value. */
function isClamp(activation: i32): bool {
  return activation == ACTIVATION_RELU || activation == ACTIVATION_RELU6;
}

function highest(activation: i32): f32 {
  return activation == ACTIVATION_RELU ? Infinity : 6;
}

// @ts-ignore: decorator
@inline
function clamp(x: v128, most: v128): v128 {
  // pmax(a, b) is a unless a < b, so NaN stays NaN; likewise pmin.
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), most);
}

function clampRows(rows: i32, at: usize, rowBytes: usize, highest: f32): void {
  const most = f32x4.splat(highest);
  do {
    v128.store(at, clamp(v128.load(at), most));
    v128.store(at, clamp(v128.load(at, 16), most), 16);
    at += rowBytes;
  } while (--rows);
}

function clampSum(rows: i32, at: usize, rowBytes: usize, highest: f32): v128 {
  const most = f32x4.splat(highest);
  let sum = f32x4.splat(0);
  do {
    const value = clamp(v128.load(at), most);
    v128.store(at, value);
    sum = f32x4.add(sum, value);
    at += rowBytes;
  } while (--rows);
  return sum;
}
