// The one-dimensional transforms of a 3x3 convolution in Winograd's form, over four channels at a time. Each takes many
// lines: values of a line lie `step` apart and lines `line` apart, and likewise where they go.
//
// Stride 1 is F(4, 3), interpolation at 0, 1, -1, 2, -2 and infinity: six values in, six products, four outputs.
// Stride 2 sees nine values. The even ones meet the outer two taps, which is F(4, 2) at 0, 1, -1, 2 and infinity with five
// products; each of the four odd ones meets the middle tap and goes into one output.

import { four, madd, nmadd, three } from "./math";

/** Values of a line, which are also its products. */
// @ts-ignore: decorator
@inline
export function lineLength(stride: i32): i32 {
  return stride == 1 ? 6 : 9;
}

/** From values of the map to those that the kernel's are multiplied with. */
export function transformLines(stride: i32, from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
  // A loop of its own for each: a choice in every line costs a tenth of the step.
  const lines = lineLength(stride);
  if (stride == 1) transformLines1(lines, from, step, line, to, toStep, toLine);
  else transformLines2(lines, from, step, line, to, toStep, toLine);
}

function transformLines1(lines: i32, from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
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

function transformLines2(lines: i32, from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
  do {
    let at = from + step;
    const e0 = v128.load(from), o0 = v128.load(at), e1 = v128.load((at += step)), o1 = v128.load((at += step));
    const e2 = v128.load((at += step)), o2 = v128.load((at += step)), e3 = v128.load((at += step));
    const o3 = v128.load((at += step)), e4 = v128.load(at + step);
    const outer = f32x4.sub(e3, e1), first = f32x4.sub(e0, e2), last = f32x4.sub(e4, e2);
    let place = to + toStep;
    v128.store(to, f32x4.add(f32x4.add(first, first), outer));
    v128.store(place, f32x4.sub(f32x4.sub(outer, e1), e2));
    v128.store((place += toStep), madd(f32x4.sub(e1, e2), three(), outer));
    v128.store((place += toStep), outer);
    v128.store((place += toStep), f32x4.sub(last, f32x4.add(outer, outer)));
    v128.store((place += toStep), o0);
    v128.store((place += toStep), o1);
    v128.store((place += toStep), o2);
    v128.store(place + toStep, o3);
    from += line;
    to += toLine;
  } while (--lines);
}

/** From products to four outputs of each of `lines` lines. */
export function outputLines(stride: i32, lines: i32, from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
  if (stride == 1) outputLines1(lines, from, step, line, to, toStep, toLine);
  else outputLines2(lines, from, step, line, to, toStep, toLine);
}

function outputLines1(lines: i32, from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
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

function outputLines2(lines: i32, from: usize, step: usize, line: usize, to: usize, toStep: usize, toLine: usize): void {
  do {
    let at = from + step;
    const m0 = v128.load(from), m1 = v128.load(at), m2 = v128.load((at += step));
    const m3 = v128.load((at += step)), m4 = v128.load((at += step)), o0 = v128.load((at += step));
    const o1 = v128.load((at += step)), o2 = v128.load((at += step)), o3 = v128.load(at + step);
    const sum = f32x4.add(m1, m2), difference = f32x4.sub(m1, m2), twice = f32x4.add(m3, m3);
    let place = to + toStep;
    v128.store(to, f32x4.add(f32x4.add(f32x4.add(m0, sum), m3), o0));
    v128.store(place, f32x4.add(f32x4.add(difference, twice), o1));
    v128.store((place += toStep), f32x4.add(madd(m3, four(), sum), o2));
    v128.store(place + toStep, f32x4.add(f32x4.add(madd(twice, four(), difference), m4), o3));
    from += line;
    to += toLine;
  } while (--lines);
}
