import { expectClose } from "@efficientnet-tooling/testing";
import type { BlockGolden, Summary } from "./block-golden.js";

/**
 * Every sampled value and the mean of every gradient, to within a share of that gradient's largest value. No gradient of
 * the goldens is 0 throughout, so no absolute floor is needed.
 */
export function expectGradients(
  { x, ...parameters }: Readonly<Record<string, readonly number[]>>,
  { train }: BlockGolden,
  share: number,
): void {
  expectGradient("x", x, train.inputGradient, share);
  for (const [name, summary] of Object.entries(train.parameterGradients)) {
    expectGradient(name, parameters[name], summary, share);
  }
}

function expectGradient(
  name: string,
  actual: readonly number[] = [],
  { at, values, mean }: Summary,
  share: number,
): void {
  const largest = actual.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const sampled = at.map((i) => actual[i] ?? Number.NaN);
  const average = actual.reduce((sum, value) => sum + value, 0) / actual.length;
  try {
    expectClose([...sampled, average], [...values, mean], share * largest);
  } catch (error) {
    throw new Error(`the gradient in ${name}`, { cause: error });
  }
}
