import { EfficientNetError } from "@efficientnet/errors";
import type { Random } from "@efficientnet/random";
import { drawNormal } from "@efficientnet/random";

/**
 * A number of Beta(alpha, alpha), the weights of mixup and CutMix: uniform at 1, near 0 or 1 below, near a half above.
 *
 * @throws `invalid-argument` unless alpha is positive and finite.
 */
export function drawBeta(random: Random, alpha: number): number {
  if (!(alpha > 0 && alpha < Number.POSITIVE_INFINITY)) {
    throw new EfficientNetError("invalid-argument", `alpha is ${alpha}`, {
      expected: "a positive, finite number",
      hint: "leave the method out to switch it off",
    });
  }
  // In logarithms: two gammas of a small alpha may both be smaller than any double.
  return 1 / (1 + Math.exp(drawLogGamma(random, alpha) - drawLogGamma(random, alpha)));
}

/** Logarithm of a Gamma(alpha, 1) number. Source: Marsaglia and Tsang 2000, with their boost for alpha below 1. */
function drawLogGamma(random: Random, alpha: number): number {
  if (alpha < 1) return drawLogGamma(random, alpha + 1) + Math.log(1 - random()) / alpha;
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = drawNormal(random);
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}
