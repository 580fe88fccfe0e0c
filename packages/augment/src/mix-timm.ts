import { EfficientNetError } from "@efficientnet/errors";
import type { Random } from "@efficientnet/random";
import { drawChance } from "@efficientnet/random";
import { checkProbability } from "./check-numbers.js";
import { drawBeta } from "./draw-beta.js";
import { checkLabelledBatch, type ImageBatch, type LabelledBatch } from "./image-batch.js";
import { boxArea, drawMixBox } from "./mix-box.js";
import { mixSamples, type SampleMix } from "./mixing.js";

/** Strength and odds of mixing, with timm's defaults. */
export interface TimmMixOptions {
  /** 0 or nothing switches mixup off. */
  readonly mixupAlpha?: number;
  /** 0 or nothing switches CutMix off. */
  readonly cutmixAlpha?: number;
  /** How often a batch (`mode: "batch"`), pair or sample is mixed at all; 1 by default. */
  readonly probability?: number;
  /** How often it is CutMix where both are on; 0.5 by default. */
  readonly switchProbability?: number;
  /** What shares one draw: the batch, a sample and its partner, or nothing; `batch` by default. */
  readonly mode?: "batch" | "pair" | "elem";
}

/** Pixels and label weight without the partner. */
type Mix = Omit<SampleMix, "partner">;

/**
 * Mixup and CutMix as timm trains: partners are the batch in reverse, one draw for the whole batch unless `mode` says
 * otherwise, labels by the exact area. Smooth labels before, with `oneHot`. Source: `timm/data/mixup.py`.
 *
 * @throws `wrong-shape` for data or labels that do not fit the shape or an odd number of samples; `invalid-argument`
 * for numbers out of their range.
 */
export function mixTimm<Batch extends LabelledBatch>(batch: Batch, random: Random, options: TimmMixOptions): Batch {
  checkLabelledBatch(batch);
  return mixSamples(batch, drawTimmMixes(batch.shape, random, options));
}

/**
 * What {@link mixTimm} would do to each sample of a batch of this shape, as data; undefined leaves one as it is.
 *
 * @throws As `mixTimm`, but for what concerns data and labels.
 */
export function drawTimmMixes(
  [samples, height, width]: ImageBatch["shape"],
  random: Random,
  options: TimmMixOptions,
): readonly (SampleMix | undefined)[] {
  const { mixupAlpha = 0, cutmixAlpha = 0, probability = 1, switchProbability = 0.5, mode = "batch" } = options;
  checkProbability("probability", probability);
  checkProbability("switchProbability", switchProbability);
  if (samples % 2 !== 0) {
    throw new EfficientNetError("wrong-shape", `the batch has ${samples} samples`, {
      expected: "an even number, so that no sample is its own partner",
    });
  }
  return drawMixes().map((mix, sample) => mix && { ...mix, partner: samples - 1 - sample });

  function drawMixes(): readonly (Mix | undefined)[] {
    if (mode === "batch") return new Array<Mix | undefined>(samples).fill(drawMix());
    if (mode === "elem") return Array.from({ length: samples }, drawMix);
    const first = Array.from({ length: samples / 2 }, drawMix);
    return [...first, ...first.toReversed()];
  }

  function drawMix(): Mix | undefined {
    const isMixed = drawChance(random, probability);
    if (!isMixed || (mixupAlpha === 0 && cutmixAlpha === 0)) return undefined;
    const isCutmix = cutmixAlpha !== 0 && (mixupAlpha === 0 || drawChance(random, switchProbability));
    if (!isCutmix) {
      const weight = 1 - drawBeta(random, mixupAlpha);
      return { pixels: { weight }, labelWeight: weight };
    }
    const box = drawMixBox(random, height, width, drawBeta(random, cutmixAlpha));
    return { pixels: { box }, labelWeight: boxArea(box) / (height * width) };
  }
}
