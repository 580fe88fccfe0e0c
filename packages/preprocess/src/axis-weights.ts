/** A run of output pixels along one axis: only these are computed. */
export interface Span {
  readonly from: number;
  readonly length: number;
}

/**
 * Resampling along one axis as data: output `o` of the span is the sum over `i < counts[o]` of
 * `weights[o * taps + i] * source[starts[o] + i]`. `starts` and `starts + counts` never decrease.
 */
export interface AxisWeights<Weights extends Int32Array | Float64Array> {
  readonly length: number;
  readonly taps: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Weights;
}

/** Weights of every output in the span, from `place`, which fills `weights` from index 0 and says where they start. */
export function axisWeights(
  { from, length }: Span,
  taps: number,
  place: (output: number, weights: Float64Array) => { readonly start: number; readonly count: number },
): AxisWeights<Float64Array> {
  const starts = new Int32Array(length);
  const counts = new Int32Array(length);
  const weights = new Float64Array(length * taps);
  for (let o = 0; o < length; o++) {
    const { start, count } = place(from + o, weights.subarray(o * taps, (o + 1) * taps));
    starts[o] = start;
    counts[o] = count;
  }
  return { length, taps, starts, counts, weights };
}

/** Divides the first `count` weights by their sum, unless it is zero. */
export function normaliseWeights(weights: Float64Array, count: number): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i]!;
  if (sum !== 0) for (let i = 0; i < count; i++) weights[i]! /= sum;
}
