// Vector arithmetic that every kernel shares. Constants stand in memory as whole vectors: a load from a constant address
// is one instruction, while a splat of a constant is two or three and is repeated in every iteration.

import {
  ACTIVATION_HARD_SWISH,
  ACTIVATION_MISH,
  ACTIVATION_NONE,
  ACTIVATION_RELU,
  ACTIVATION_RELU6,
  ACTIVATION_SILU,
} from "./layout";

const MATH: usize = 256;

/** Writes the vector constants; once per memory, before any kernel runs. */
export function setup(): void {
  v128.store(MATH, f32x4.splat(86), 0);
  v128.store(MATH, f32x4.splat(-87.5), 16);
  v128.store(MATH, f32x4.splat(-1.44269504088896341), 32);
  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits.
  v128.store(MATH, f32x4.splat(12582912), 48);
  v128.store(MATH, f32x4.splat(0.693145751953125), 64);
  v128.store(MATH, f32x4.splat(1.428606765330187e-6), 80);
  v128.store(MATH, f32x4.splat(-0.008290272), 96);
  v128.store(MATH, f32x4.splat(0.04189816), 112);
  v128.store(MATH, f32x4.splat(-0.16667639), 128);
  v128.store(MATH, f32x4.splat(0.49999148), 144);
  v128.store(MATH, f32x4.splat(-0.9999997), 160);
  v128.store(MATH, f32x4.splat(1), 176);
  v128.store(MATH, f32x4.splat(2), 192);
  v128.store(MATH, f32x4.splat(3), 208);
  v128.store(MATH, f32x4.splat(6), 224);
  v128.store(MATH, f32x4.splat(0.16666666666666666), 240);
  v128.store(MATH, f32x4.splat(20), 256);
  v128.store(MATH, f32x4.splat(1.44269504088896341), 272);
  v128.store(MATH, f32x4.splat(84), 288);
  v128.store(MATH, f32x4.splat(-84), 304);
  v128.store(MATH, f32x4.splat(25.03910255432129), 320);
  v128.store(MATH, f32x4.splat(8.677837371826172), 336);
  v128.store(MATH, f32x4.splat(4), 352);
}

/** a * b + c; rounded once in the relaxed build where the machine can. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * exp(-x) for x in [-87.5, 86], relative error below 2e-7: -x = n ln2 - r with ln2 in two parts, a minimax polynomial of
 * degree 5 for exp(-r), and n added to the exponent bits.
 */
// @ts-ignore: decorator
@inline
function expNegative(x: v128): v128 {
  const shifted = madd(x, v128.load(MATH, 32), v128.load(MATH, 48));
  const n = f32x4.sub(shifted, v128.load(MATH, 48));
  const r = madd(n, v128.load(MATH, 80), madd(n, v128.load(MATH, 64), x));
  // In pairs of terms, which wait for each other less than one after the other.
  const square = f32x4.mul(r, r);
  const high = madd(madd(v128.load(MATH, 96), r, v128.load(MATH, 112)), square, madd(v128.load(MATH, 128), r, v128.load(MATH, 144)));
  const p = madd(high, square, madd(v128.load(MATH, 160), r, v128.load(MATH, 176)));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** 1 + exp(-x). Outside [-87.5, 86] the exponential no longer changes what is made of it. */
// @ts-ignore: decorator
@inline
function onePlusExp(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, v128.load(MATH, 16)), v128.load(MATH, 0));
  return f32x4.add(expNegative(clamped), v128.load(MATH, 176));
}

// @ts-ignore: decorator
@inline
export function three(): v128 {
  return v128.load(MATH, 208);
}

// @ts-ignore: decorator
@inline
export function four(): v128 {
  return v128.load(MATH, 352);
}

/** c - a * b; rounded once in the relaxed build where the machine can. */
// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/**
 * x / (1 + exp(-x)). With -x / ln2 = n - g, n whole and |g| <= 1/2, exp(-x) is 2^n (1 - t) / (1 + t) for t = tanh(g ln2 / 2).
 * As t is c g / (d + g^2) to 2e-7, exp(-x) is 2^n (d + g^2 - c g) / (d + g^2 + c g) to 4.4e-7 of itself, and one division is
 * enough for everything. Error below 3e-7 |x|.
 *
 * Loops load the constants once, before they begin, and pass them.
 */
// @ts-ignore: decorator
@inline
export function siluWith(x: v128, highest: v128, lowest: v128, scale: v128, magic: v128, d: v128, c: v128): v128 {
  // As signed integers, floats above the upper bound are greater than it; as unsigned ones, those below the lower bound.
  const scaled = f32x4.mul(i32x4.min_u(i32x4.min_s(x, highest), lowest), scale);
  const shifted = f32x4.sub(magic, scaled);
  const g = f32x4.add(f32x4.sub(shifted, magic), scaled);
  const even = madd(g, g, d);
  const odd = f32x4.mul(g, c);
  const above = f32x4.add(even, odd);
  const below = i32x4.add(f32x4.sub(even, odd), i32x4.shl(shifted, 23));
  return f32x4.div(f32x4.mul(x, above), f32x4.add(above, below));
}

// @ts-ignore: decorator
@inline
export function silu(x: v128): v128 {
  return siluWith(x, v128.load(MATH, 288), v128.load(MATH, 304), v128.load(MATH, 272), v128.load(MATH, 48), v128.load(MATH, 320), v128.load(MATH, 336));
}

/** SiLU of the first eight columns of some rows; eight at a time wait less for each other. */
export function siluRows(rows: i32, at: usize, rowBytes: usize): void {
  const highest = v128.load(MATH, 288), lowest = v128.load(MATH, 304), scale = v128.load(MATH, 272), magic = v128.load(MATH, 48);
  const d = v128.load(MATH, 320), c = v128.load(MATH, 336);
  do {
    const x = v128.load(at), y = v128.load(at, 16);
    v128.store(at, siluWith(x, highest, lowest, scale, magic, d, c));
    v128.store(at, siluWith(y, highest, lowest, scale, magic, d, c), 16);
    at += rowBytes;
  } while (--rows);
}

/** SiLU of four columns of some rows, and the sum of each. */
export function siluSum(rows: i32, at: usize, rowBytes: usize): v128 {
  const highest = v128.load(MATH, 288), lowest = v128.load(MATH, 304), scale = v128.load(MATH, 272), magic = v128.load(MATH, 48);
  const d = v128.load(MATH, 320), c = v128.load(MATH, 336);
  let sum = f32x4.splat(0);
  do {
    const value = siluWith(v128.load(at), highest, lowest, scale, magic, d, c);
    v128.store(at, value);
    sum = f32x4.add(sum, value);
    at += rowBytes;
  } while (--rows);
  return sum;
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(v128.load(MATH, 176), onePlusExp(x));
}

// @ts-ignore: decorator
@inline
export function relu(x: v128): v128 {
  // pmax(a, b) is a unless a < b, so NaN stays NaN.
  return f32x4.pmax(x, f32x4.splat(0));
}

// @ts-ignore: decorator
@inline
export function relu6(x: v128): v128 {
  return f32x4.pmin(relu(x), v128.load(MATH, 224));
}

// @ts-ignore: decorator
@inline
export function hardSwish(x: v128): v128 {
  return f32x4.mul(x, f32x4.mul(relu6(f32x4.add(x, v128.load(MATH, 208))), v128.load(MATH, 240)));
}

/** x tanh(ln(1 + e)) with e = exp(x) is x (e^2 + 2 e) / (e^2 + 2 e + 2); above 20 the quotient is 1. */
// @ts-ignore: decorator
@inline
export function mish(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(f32x4.neg(x), v128.load(MATH, 0)), f32x4.neg(v128.load(MATH, 256)));
  const e = expNegative(clamped);
  const q = f32x4.mul(e, f32x4.add(e, v128.load(MATH, 192)));
  return f32x4.mul(x, f32x4.div(q, f32x4.add(q, v128.load(MATH, 192))));
}

/** The activation of a code: the common one in place, the others by a call, or the unrolled kernels would grow sixfold. */
// @ts-ignore: decorator
@inline
export function activate(x: v128, activation: i32): v128 {
  return activation == ACTIVATION_SILU ? silu(x) : activateOther(x, activation);
}

function activateOther(x: v128, activation: i32): v128 {
  if (activation == ACTIVATION_NONE) return x;
  if (activation == ACTIVATION_RELU) return relu(x);
  if (activation == ACTIVATION_RELU6) return relu6(x);
  if (activation == ACTIVATION_HARD_SWISH) return hardSwish(x);
  if (activation == ACTIVATION_MISH) return mish(x);
  return sigmoid(x);
}
