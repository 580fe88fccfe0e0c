import { positive } from "./positive.js";

/**
 * Repeats of a stage at another depth: `ceil(repeats * depthCoefficient)`, in double precision as released. The product
 * is not corrected for binary fractions: 25 repeats at 2.2 are 55.00000000000001, so 56.
 *
 * @throws `invalid-argument` when an argument is not a positive number.
 *
 * Source: `round_repeats` of the released EfficientNet code.
 */
export function roundRepeats(repeats: number, depthCoefficient: number): number {
  return Math.ceil(positive("repeats", repeats) * positive("depthCoefficient", depthCoefficient));
}
