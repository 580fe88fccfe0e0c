import { EfficientNetError } from "@efficientnet/errors";
import { bases, type ScaleCoefficients, type ScalingBases } from "./compound-scale.js";
import { positive } from "./positive.js";

/** The phi that each released coefficient would need on its own. */
export interface ImpliedPhi {
  readonly fromDepth: number;
  readonly fromWidth: number;
  readonly fromResolution: number;
}

/**
 * The inverse of `compoundScale`, one answer per dimension: `log(d) / log(alpha)` and so on. The three differ for
 * the released networks, which do not follow one phi (B7: 6.2, 7.3, 7.1).
 *
 * @throws `invalid-argument` when a coefficient is not positive, or a base is not positive or is 1.
 */
export function impliedPhi(coefficients: ScaleCoefficients, scalingBases: ScalingBases = {}): ImpliedPhi {
  const { alpha, beta, gamma } = bases(scalingBases);
  return {
    fromDepth: logarithm("depthCoefficient", coefficients.depthCoefficient, "alpha", alpha),
    fromWidth: logarithm("widthCoefficient", coefficients.widthCoefficient, "beta", beta),
    fromResolution: logarithm("resolutionCoefficient", coefficients.resolutionCoefficient, "gamma", gamma),
  };
}

function logarithm(name: string, value: number, baseName: string, base: number): number {
  if (base === 1) {
    throw new EfficientNetError("invalid-argument", `${baseName} is 1, so ${name} is the same at every phi`);
  }
  return Math.log(positive(name, value)) / Math.log(base);
}
