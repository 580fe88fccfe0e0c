import type { Colour } from "@efficientnet/preprocess";
import { GOOGLE_AUTO_ARGUMENTS, TIMM_ARGUMENTS } from "./argument-tables.js";
import { AUTO_AUGMENT_V0 } from "./auto-augment-v0.js";
import { type AugmentPolicy, MID_GREY, type PolicyStep } from "./policy.js";
import type { GeometryFilter } from "./transform-picture.js";

type Row = (typeof AUTO_AUGMENT_V0)[number][number];

/**
 * AutoAugment v0 as Google's EfficientNets were trained: nearest pixels, translations up to 250 pixels.
 * Source: AutoAugment, arXiv 1805.09501; `efficientnetv2/autoaugment.py` of google/automl.
 */
export function googleAutoAugment(): AugmentPolicy {
  return {
    choices: AUTO_AUGMENT_V0.map((pair) => pair.map(stepOf)),
    draws: 1,
    arguments: GOOGLE_AUTO_ARGUMENTS,
    noise: "none",
    maxMagnitude: null,
    filters: ["nearest"],
    fill: MID_GREY,
  };
}

/** What timm lets one choose about AutoAugment. */
export interface TimmAutoAugmentOptions {
  /** `mstd`; none by default. */
  readonly noise?: AugmentPolicy["noise"];
  readonly fill?: Colour;
  /** Bilinear or bicubic at random by default. */
  readonly filters?: readonly GeometryFilter[];
}

/** AutoAugment v0 as timm trains: the same pairs, but translations by up to 45 % of the height. Source: `timm/data/auto_augment.py`. */
export function timmAutoAugment(options: TimmAutoAugmentOptions = {}): AugmentPolicy {
  return {
    choices: AUTO_AUGMENT_V0.map((pair) =>
      pair.map(stepOf).map((step) => (step.name === "TranslateY" ? { ...step, name: "TranslateYRel" } : step)),
    ),
    draws: 1,
    arguments: TIMM_ARGUMENTS,
    noise: options.noise ?? "none",
    maxMagnitude: 10,
    filters: options.filters ?? ["bilinear", "bicubic"],
    fill: options.fill ?? MID_GREY,
  };
}

const stepOf = ([name, probability, magnitude]: Row): PolicyStep => ({ name, probability, magnitude });
