import { EfficientNetError } from "@efficientnet/errors";
import { positive } from "./positive.js";

/** The three ratios by which a network is scaled, each relative to its baseline. */
export interface ScaleCoefficients {
  readonly depthCoefficient: number;
  readonly widthCoefficient: number;
  readonly resolutionCoefficient: number;
}

/** The bases of compound scaling. */
export interface ScalingBases {
  /** Depth per unit of phi; the paper's value is 1.2. */
  readonly alpha?: number;
  /** Width per unit of phi; the paper's value is 1.1. */
  readonly beta?: number;
  /** Resolution per unit of phi; the paper's value is 1.15. */
  readonly gamma?: number;
}

/** How far to scale, from which bases and resolution. */
export interface CompoundScaleOptions extends ScalingBases {
  readonly phi: number;
  /** Side of the baseline's input in pixels; EfficientNet-B0's is 224. */
  readonly baseResolution?: number;
}

/** A scaled network: its ratios to the baseline, and what follows from them. */
export interface CompoundScale extends ScaleCoefficients {
  /** Side of the input in pixels, not rounded: the paper gives no rule. */
  readonly resolution: number;
  /** `(alpha * beta^2 * gamma^2)^phi`: multiply-adds relative to the baseline, before any rounding. */
  readonly flopsMultiplier: number;
}

/**
 * Depth, width and resolution of a network `phi` steps above its baseline: `alpha^phi`, `beta^phi`, `gamma^phi`.
 *
 * @throws `invalid-argument` when a number is not finite or a base is not positive.
 *
 * Source: EfficientNet paper, section 3.3, equation 3.
 */
export function compoundScale(options: CompoundScaleOptions): CompoundScale {
  const { phi, baseResolution = 224 } = options;
  if (!Number.isFinite(phi)) {
    throw new EfficientNetError("invalid-argument", `phi is ${phi}`, { expected: "a finite number" });
  }
  const { alpha, beta, gamma } = bases(options);
  const coefficients = {
    depthCoefficient: alpha ** phi,
    widthCoefficient: beta ** phi,
    resolutionCoefficient: gamma ** phi,
  };
  return {
    ...coefficients,
    resolution: positive("baseResolution", baseResolution) * coefficients.resolutionCoefficient,
    flopsMultiplier: flopsMultiplier(coefficients),
  };
}

/**
 * Multiply-adds relative to the baseline that coefficients stand for: `d * w^2 * r^2`. Rounding of channels and repeats,
 * the stem and the classifier make the real ratio differ (B7: 89.0 here, 97.8 counted).
 *
 * Source: EfficientNet paper, section 3.3.
 */
export function flopsMultiplier(coefficients: ScaleCoefficients): number {
  const { depthCoefficient, widthCoefficient, resolutionCoefficient } = coefficients;
  return depthCoefficient * widthCoefficient ** 2 * resolutionCoefficient ** 2;
}

/** The bases with the paper's values where none is given; throws `invalid-argument` unless all are positive. */
export function bases({ alpha = 1.2, beta = 1.1, gamma = 1.15 }: ScalingBases) {
  return { alpha: positive("alpha", alpha), beta: positive("beta", beta), gamma: positive("gamma", gamma) };
}
