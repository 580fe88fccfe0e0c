import type { Colour } from "@efficientnet/preprocess";
import { GOOGLE_RAND_ARGUMENTS, TIMM_ARGUMENTS } from "./argument-tables.js";
import { checkAtLeast, checkProbability, checkWhole } from "./check-numbers.js";
import { type AugmentPolicy, MID_GREY } from "./policy.js";
import type { GeometryFilter } from "./transform-picture.js";

/** Google's RandAugment. */
export interface GoogleRandAugmentOptions {
  /** 5 to 30 in the papers, the same for every operation. */
  readonly magnitude: number;
  /** Operations per picture; 2 by default. */
  readonly layers?: number;
}

/**
 * RandAugment as Google's EfficientNets were trained: 16 operations, each drawn one applied, nearest pixels, grey fill.
 * Source: RandAugment, arXiv 1909.13719; `efficientnetv2/autoaugment.py` of google/automl.
 *
 * @throws `invalid-argument` for a negative magnitude or layers that are not whole.
 */
export function googleRandAugment({ magnitude, layers = 2 }: GoogleRandAugmentOptions): AugmentPolicy {
  checkAtLeast("magnitude", magnitude, 0);
  checkWhole("layers", layers, 0);
  return {
    choices: Object.keys(GOOGLE_RAND_ARGUMENTS).map((name) => [{ name, probability: 1, magnitude }]),
    draws: layers,
    arguments: GOOGLE_RAND_ARGUMENTS,
    noise: "none",
    maxMagnitude: null,
    filters: ["nearest"],
    fill: MID_GREY,
  };
}

/** timm's RandAugment, with timm's defaults. */
export interface TimmRandAugmentOptions {
  /** `m`; 10 by default. */
  readonly magnitude?: number;
  /** `n`: operations drawn per picture; 2 by default. */
  readonly layers?: number;
  /** `p`: how often a drawn operation is applied; 0.5 by default. */
  readonly probability?: number;
  /** `mstd`; none by default. Above 100 timm draws uniformly: say "uniform". */
  readonly noise?: AugmentPolicy["noise"];
  /** `mmax`; 10 by default. */
  readonly maxMagnitude?: number;
  /** `inc1`: the variants whose effect grows with the magnitude; not by default. */
  readonly increasing?: boolean;
  /** Colour of what is left empty; timm's training gives the mean of the weights' preprocessing, round(255 * mean). */
  readonly fill?: Colour;
  /** Bilinear or bicubic at random by default. */
  readonly filters?: readonly GeometryFilter[];
}

const TIMM_OPERATIONS = [
  "AutoContrast",
  "Equalize",
  "Invert",
  "Rotate",
  "Posterize",
  "Solarize",
  "SolarizeAdd",
  "Color",
  "Contrast",
  "Brightness",
  "Sharpness",
  "ShearX",
  "ShearY",
  "TranslateXRel",
  "TranslateYRel",
] as const;

/**
 * RandAugment as timm trains: 15 operations, each drawn one applied half of the time, magnitudes up to 10.
 * Source: `timm/data/auto_augment.py`.
 *
 * @throws `invalid-argument` for numbers out of their range.
 */
export function timmRandAugment(options: TimmRandAugmentOptions = {}): AugmentPolicy {
  const {
    magnitude = 10,
    layers = 2,
    probability = 0.5,
    noise = "none",
    maxMagnitude = 10,
    increasing = false,
  } = options;
  checkAtLeast("magnitude", magnitude, 0);
  checkAtLeast("maxMagnitude", maxMagnitude, 0);
  checkWhole("layers", layers, 0);
  checkProbability("probability", probability);
  if (typeof noise === "object") checkAtLeast("noise.std", noise.std, 0);
  const nameOf = (name: string): string => (increasing ? increasingName(name) : name);
  return {
    choices: TIMM_OPERATIONS.map((name) => [{ name: nameOf(name), probability, magnitude }]),
    draws: layers,
    arguments: TIMM_ARGUMENTS,
    noise,
    maxMagnitude,
    filters: options.filters ?? ["bilinear", "bicubic"],
    fill: options.fill ?? MID_GREY,
  };
}

/** The variant whose effect grows with the magnitude, where there is one. */
function increasingName(name: string): string {
  const variant = `${name}Increasing`;
  return Object.hasOwn(TIMM_ARGUMENTS, variant) ? variant : name;
}
