import {
  compoundScale,
  flopsMultiplier,
  type ImpliedPhi,
  impliedPhi,
  type ScaleCoefficients,
} from "@efficientnet/scaling";
import { countMacs, EFFICIENTNET_COEFFICIENTS, getSpec } from "@efficientnet/specs";

/** One released network beside the rule. */
export interface ScalingRow {
  readonly name: string;
  readonly released: ScaleCoefficients & { readonly resolution: number };
  /** The phi that each coefficient would need. */
  readonly implied: ImpliedPhi;
  /** `d * w^2 * r^2` of what was released. */
  readonly flopsMultiplier: number;
  /** Counted multiply-adds over B0's. */
  readonly macsRatio: number;
  /** What the rule gives at the phi that people quote; null where nobody quotes one (B8, L2). */
  readonly formula: (ScaleCoefficients & { readonly phi: number; readonly resolution: number }) | null;
}

/** The phi that people quote for B0 to B7; the paper prints none. */
const CUSTOMARY_PHI = [0, 0.5, 1, 2, 3, 4, 5, 6];

/**
 * EfficientNet-B0 to B8 and L2: coefficients as released, beside those of the rule with alpha 1.2, beta 1.1, gamma 1.15.
 *
 * Source: EfficientNet paper, section 3.3; `efficientnet_builder.py` of the released code.
 */
export function scalingTable(): readonly ScalingRow[] {
  const baseMacs = countMacs(getSpec("efficientnet-b0")).total;
  return Object.entries(EFFICIENTNET_COEFFICIENTS).map(
    ([name, [widthCoefficient, depthCoefficient, resolution]], index) => {
      const released = { widthCoefficient, depthCoefficient, resolution, resolutionCoefficient: resolution / 224 };
      const phi = CUSTOMARY_PHI[index];
      return {
        name,
        released,
        implied: impliedPhi(released),
        flopsMultiplier: flopsMultiplier(released),
        macsRatio: countMacs(getSpec(name)).total / baseMacs,
        formula: phi === undefined ? null : { phi, ...compoundScale({ phi }) },
      };
    },
  );
}
