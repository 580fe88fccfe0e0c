import { positive } from "./positive.js";

/**
 * Repeats of a stage at another depth: `ceil(repeats * depthCoefficient)`, in double precision as released. The product
 * is not corrected for binary fractions: 10 repeats at 1.1 are 11.000000000000002, so 12.
 *
 * @throws `invalid-argument` when an argument is not a positive number.
 *
 * Source: `round_repeats` of the released EfficientNet code.
 */
export function roundRepeats(repeats: number, depthCoefficient: number): number {
  return Math.ceil(positive("repeats", repeats) * positive("depthCoefficient", depthCoefficient));
}
