/** How a training crop is drawn, as data. */
export interface CropRecipe {
  /**
   * `timm`: area uniform, aspect uniform in its logarithm, the two sides follow.
   * `tensorflow`: aspect uniform, then the height uniform between those of the smallest and largest area.
   */
  readonly method: "timm" | "tensorflow";
  /** Share of the picture's area, smallest and largest. */
  readonly area: readonly [number, number];
  /** Width / height, smallest and largest. */
  readonly aspect: readonly [number, number];
  /** The least share of the area to accept, whatever `area` says; `min_object_covered` where the object is the picture. */
  readonly minCovered: number;
  readonly attempts: number;
  /**
   * After the last attempt: the `whole` picture; the largest centred crop with an aspect in the range; or Google's
   * evaluation crop, a centred square of S / (S + `padding`) of the shorter side for an output of S pixels.
   */
  readonly fallback: "whole" | "centre-in-aspect" | { readonly padding: number };
}

/** EfficientNet, V2-B0 to B3. Source: `preprocessing.py` of tensorflow/tpu, `models/official/efficientnet`. */
export const EFFICIENTNET_CROP: CropRecipe = {
  method: "tensorflow",
  area: [0.08, 1],
  aspect: [3 / 4, 4 / 3],
  minCovered: 0.1,
  attempts: 10,
  fallback: { padding: 32 },
};

/** V2-S, M, L, XL. Source: `efficientnetv2/preprocessing.py` of google/automl, with the defaults of TensorFlow's op. */
export const EFFICIENTNET_V2_CROP: CropRecipe = {
  method: "tensorflow",
  area: [0.05, 1],
  aspect: [0.75, 1.33],
  minCovered: 0,
  attempts: 100,
  fallback: "whole",
};

/** timm and torchvision (`RandomResizedCrop`). */
export const TIMM_CROP: CropRecipe = {
  method: "timm",
  area: [0.08, 1],
  aspect: [3 / 4, 4 / 3],
  minCovered: 0,
  attempts: 10,
  fallback: "centre-in-aspect",
};
