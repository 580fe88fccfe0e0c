import type { Colour } from "@efficientnet/preprocess";
import type { ArgumentTable } from "./argument-rule.js";
import type { GeometryFilter } from "./transform-picture.js";

/** One step: a name of the policy's `arguments`, how often it is applied once chosen, and how strongly. */
export interface PolicyStep {
  readonly name: string;
  readonly probability: number;
  /** 0 to 10 in AutoAugment; RandAugment goes beyond. */
  readonly magnitude: number;
}

/**
 * An augmentation policy as data. `draws` times, one of the `choices` is drawn uniformly, with replacement, and its
 * steps are applied in order: AutoAugment draws one of 25 pairs, RandAugment a few of 15 or 16 single steps.
 */
export interface AugmentPolicy {
  readonly choices: readonly (readonly PolicyStep[])[];
  readonly draws: number;
  readonly arguments: ArgumentTable;
  /** Varies each magnitude: a normal distribution around it, or a uniform one from 0 to it. */
  readonly noise: "none" | "uniform" | { readonly std: number };
  /** Magnitudes are clipped to [0, maxMagnitude]; `null` leaves them. */
  readonly maxMagnitude: number | null;
  /** One is drawn for each operation that moves pixels. */
  readonly filters: readonly GeometryFilter[];
  readonly fill: Colour;
}

/** The grey that both Google and timm leave where a picture was moved away. */
export const MID_GREY: Colour = [128, 128, 128];
