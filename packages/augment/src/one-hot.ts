import { EfficientNetError } from "@efficientnet/errors";
import { checkProbability, checkWhole } from "./check-numbers.js";

/**
 * Classes as rows of numbers: 1 - smoothing + smoothing / K for the class, smoothing / K for the K - 1 others.
 *
 * @throws `invalid-argument` for a class that is not one of `classes`.
 */
export function oneHot(indices: readonly number[], classes: number, smoothing = 0): Float32Array {
  checkWhole("classes", classes, 1);
  checkProbability("smoothing", smoothing);
  const off = smoothing / classes;
  const labels = new Float32Array(indices.length * classes).fill(off);
  for (const [sample, index] of indices.entries()) {
    if (!(Number.isInteger(index) && index >= 0 && index < classes)) {
      throw new EfficientNetError("invalid-argument", `the class of sample ${sample} is ${index}`, {
        expected: `a whole number from 0 to ${classes - 1}`,
      });
    }
    labels[sample * classes + index] = 1 - smoothing + off;
  }
  return labels;
}
