import type { Summary } from "./net-golden.js";
import type { TensorReport } from "./train-golden.js";

/** A tensor under the reference's name and layout. */
export interface NamedValues {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Below this share of the largest value of its group the reference's float64 says that a tensor is 0, as the gradient of
 * an offset is that the next batch norm takes away. In float32 it is the rounding of a long sum, so that it is held
 * against the largest value of the group.
 */
const ZERO = 1e-12;

const largest = (values: ArrayLike<number>): number => {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
};

/**
 * The worst difference of a group from its summaries: sampled values and means, each over the largest value of its own
 * tensor; tensors that are 0 over that of the group.
 */
export function compareTensors(
  name: string,
  actual: ReadonlyMap<string, NamedValues>,
  expected: Readonly<Record<string, Summary>>,
): TensorReport {
  const group = Math.max(...Object.keys(expected).map((key) => largest(actual.get(key)?.values ?? [])));
  let report: TensorReport = { name, worst: 0, where: "" };
  for (const [key, summary] of Object.entries(expected)) {
    const found = actual.get(key);
    const zero = isZero(summary, group);
    const worst =
      found?.shape.join() === summary.shape.join()
        ? difference(found.values, summary) / (zero ? group : largest(found.values))
        : Number.POSITIVE_INFINITY;
    if (!(worst <= report.worst)) report = { name, worst, where: zero ? `${key}, 0 in float64` : key };
  }
  return report;
}

const isZero = ({ mean, std, values }: Summary, group: number): boolean =>
  largest([mean, std, ...values]) < ZERO * group;

function difference(values: Float32Array, { at, values: expected, mean }: Summary): number {
  const average = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.max(Math.abs(average - mean), ...at.map((index, i) => Math.abs(values[index]! - expected[i]!)));
}

/** The same for one tensor. */
export function compareTensor(name: string, actual: NamedValues, expected: Summary): TensorReport {
  return { ...compareTensors(name, new Map([[name, actual]]), { [name]: expected }), where: "" };
}

/** The same for the first values of each tensor. */
export function compareFirst(
  name: string,
  actual: ReadonlyMap<string, NamedValues>,
  expected: Readonly<Record<string, readonly number[]>>,
): TensorReport {
  const summaries = Object.entries(expected).map(([key, values]) => {
    const { shape = [], values: own = new Float32Array() } = actual.get(key) ?? {};
    const mean = own.reduce((sum, value) => sum + value / own.length, 0);
    return [key, { shape, mean, std: 0, at: values.map((_, i) => i), values }] as const;
  });
  return compareTensors(name, actual, Object.fromEntries(summaries));
}
