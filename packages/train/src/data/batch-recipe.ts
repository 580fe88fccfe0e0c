import {
  type AugmentPolicy,
  type CropRecipe,
  EFFICIENTNET_V2_CROP,
  type GoogleRandAugmentOptions,
  googleRandAugment,
  type RandomErasingOptions,
  type TimmMixOptions,
  type TimmRandAugmentOptions,
  timmRandAugment,
} from "@efficientnet/augment";
import type { Resampling } from "@efficientnet/preprocess";
import type { PreprocessSpec } from "@efficientnet/specs";

/**
 * What happens to a picture's colours and shape: RandAugment of Google or timm at the stage's magnitude, or a policy
 * with magnitudes of its own, such as AutoAugment, which no stage changes.
 */
export type PolicyRecipe =
  | ({ readonly kind: "google" } & Omit<GoogleRandAugmentOptions, "magnitude">)
  | ({ readonly kind: "timm" } & Omit<TimmRandAugmentOptions, "magnitude">)
  | { readonly kind: "fixed"; readonly policy: AugmentPolicy };

/** Whose mixup and CutMix, at the stage's alphas. */
export type MixRecipe =
  | { readonly kind: "google" }
  | ({ readonly kind: "timm" } & Omit<TimmMixOptions, "mixupAlpha" | "cutmixAlpha">);

/** How pictures become batches, besides what a stage decides. Plain data. */
export interface BatchRecipe {
  /** The evaluation preprocessing of the weights, whose mean and deviation training shares. */
  readonly preprocess: PreprocessSpec;
  /** Inception crops, or the `whole` picture squashed into the square. */
  readonly crop: CropRecipe | "whole";
  /** How crops are resized. */
  readonly resize: Resampling;
  /** Mirror every other picture. */
  readonly flip: boolean;
  readonly policy: PolicyRecipe;
  readonly mix: MixRecipe;
  /** Random erasing but for its probability, which is the stage's `erasingProbability`. */
  readonly erasing: Omit<RandomErasingOptions, "probability">;
}

/** The parts of a recipe that differ from EfficientNetV2's training; `preprocess` has no default. */
export type BatchRecipeOptions = Pick<BatchRecipe, "preprocess"> & {
  readonly [Part in Exclude<keyof BatchRecipe, "preprocess">]?: BatchRecipe[Part] | undefined;
};

/** EfficientNetV2's crop and Google's RandAugment and mixing; crops are resized as the weights' preprocessing resizes. */
export function batchRecipe(options: BatchRecipeOptions): BatchRecipe {
  const { preprocess, crop = EFFICIENTNET_V2_CROP, flip = true, erasing = {} } = options;
  const { filter, method } = preprocess;
  const { resize = { filter, method }, policy = { kind: "google" }, mix = { kind: "google" } } = options;
  return { preprocess, crop, resize, flip, policy, mix, erasing };
}

/** The policy at a magnitude; undefined where it is off. */
export function policyAt(recipe: PolicyRecipe, magnitude: number): AugmentPolicy | undefined {
  if (recipe.kind === "fixed") return recipe.policy;
  if (magnitude === 0) return undefined;
  return recipe.kind === "google"
    ? googleRandAugment({ ...recipe, magnitude })
    : timmRandAugment({ ...recipe, magnitude });
}
