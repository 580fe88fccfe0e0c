import { positive } from "./positive.js";

/** The largest side at inference in EfficientNetV2, in pixels. Source: EfficientNetV2 paper, section 3.3. */
export const MAX_INFERENCE_SIZE = 480;

/**
 * Sides of the input after scaling, as EfficientNetV2 limits them: inference at most 480 pixels, training a fifth below
 * it in multiples of 16, as released for 480 (384).
 *
 * @throws `invalid-argument` when a size is not positive.
 *
 * Source: EfficientNetV2 paper, sections 3.3 and 5; `effnetv2_configs.py` as released.
 */
export function capResolution(resolution: number, most: number = MAX_INFERENCE_SIZE) {
  const evaluation = Math.min(Math.round(positive("resolution", resolution)), positive("most", most));
  return { train: Math.max(16, Math.floor((evaluation * 0.8) / 16) * 16), eval: evaluation };
}

/**
 * Depth coefficients stage by stage that add layers to the late stages: the last `lateStages` are scaled by
 * `depthCoefficient * lateCoefficient`, the others by `depthCoefficient`. The paper prints no rule; 1.25 is what stage 5
 * grows by from S to M (9 layers to 14) over what stages 2 and 3 grow by (4 to 5).
 *
 * @throws `invalid-argument` when a number is not positive.
 *
 * Source: EfficientNetV2 paper, section 3.3.
 */
export function lateDepths(
  stages: number,
  depthCoefficient: number,
  { lateStages = 2, lateCoefficient = 1.25 }: { readonly lateStages?: number; readonly lateCoefficient?: number } = {},
): readonly number[] {
  const late = positive("depthCoefficient", depthCoefficient) * positive("lateCoefficient", lateCoefficient);
  return Array.from({ length: positive("stages", stages) }, (_, stage) =>
    stage >= stages - lateStages ? late : depthCoefficient,
  );
}
