import { worstDifference } from "@efficientnet-tooling/testing";
import type { NetGolden, Summary } from "./net-golden.js";

/** Worst difference of a map from its golden, over its sampled values, mean and deviation, in its deviations. */
export function compareSummary(values: ArrayLike<number>, shape: readonly number[], expected: Summary): number {
  if (shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  const { mean, std } = moments(values);
  const actual = [...expected.at.map((i) => values[i] ?? Number.NaN), mean, std];
  return worstDifference(actual, [...expected.values, expected.mean, expected.std]).worst / expected.std;
}

/** The same for logits, which also state the five largest. `l2` is compared relative to itself. */
export function compareLogits(values: ArrayLike<number>, expected: NetGolden["logits"]): number {
  const { mean, std, l2 } = moments(values);
  const at = (i: number) => values[i] ?? Number.NaN;
  const actual = [...expected.first.map((_, i) => at(i)), ...expected.top5.map(([i]) => at(i)), mean, std];
  const wanted = [...expected.first, ...expected.top5.map(([, value]) => value), expected.mean, expected.std];
  const direct = worstDifference(actual, wanted).worst / expected.std;
  return Math.max(direct, Math.abs(l2 - expected.l2) / expected.l2);
}

function moments(values: ArrayLike<number>) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, std: Math.sqrt(Math.max(0, squares / values.length - mean * mean)), l2: Math.sqrt(squares) };
}
