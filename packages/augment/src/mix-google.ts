import type { Random } from "@efficientnet/random";
import { drawBeta } from "./draw-beta.js";
import { checkLabelledBatch, type ImageBatch, type LabelledBatch } from "./image-batch.js";
import { boxArea, drawMixBox } from "./mix-box.js";
import { mixSamples, type SampleMix } from "./mixing.js";

/** Strength of mixing; 0 or nothing switches a method off. */
export interface GoogleMixOptions {
  readonly mixupAlpha?: number;
  readonly cutmixAlpha?: number;
}

/**
 * Mixup and CutMix as Google's EfficientNetV2 was trained. Partners are the batch in reverse. Mixup draws a weight for
 * each sample, at least a half for the sample itself; CutMix draws a box for each, but weighs all labels by the mean
 * area. With both, the first half of the batch gets mixup and the rest CutMix, each reversed within itself.
 * Labels are smoothed afterwards, in the loss. Source: `efficientnetv2/datasets.py` of google/automl.
 *
 * @throws `wrong-shape` for data or labels that do not fit the shape, `invalid-argument` for a negative alpha.
 */
export function mixGoogle<Batch extends LabelledBatch>(batch: Batch, random: Random, options: GoogleMixOptions): Batch {
  checkLabelledBatch(batch);
  return mixSamples(batch, drawGoogleMixes(batch.shape, random, options));
}

/** What {@link mixGoogle} would do to each sample of a batch of this shape, as data. */
export function drawGoogleMixes(
  [samples, height, width]: ImageBatch["shape"],
  random: Random,
  { mixupAlpha = 0, cutmixAlpha = 0 }: GoogleMixOptions,
): readonly SampleMix[] {
  const half = Math.floor(samples / 2);
  const mixupEnd = mixupAlpha === 0 ? 0 : cutmixAlpha === 0 ? samples : half;
  const cutmixEnd = cutmixAlpha === 0 ? mixupEnd : samples;
  return [...mixup(0, mixupEnd), ...cutmix(mixupEnd, cutmixEnd)];

  function mixup(from: number, to: number): readonly SampleMix[] {
    return reversed(from, to).map((partner) => {
      const own = drawBeta(random, mixupAlpha);
      const weight = Math.min(own, 1 - own);
      return { partner, pixels: { weight }, labelWeight: weight };
    });
  }

  function cutmix(from: number, to: number): readonly SampleMix[] {
    const drawn = reversed(from, to).map((partner) => ({
      partner,
      box: drawMixBox(random, height, width, drawBeta(random, cutmixAlpha)),
    }));
    const area = drawn.reduce((sum, { box }) => sum + boxArea(box), 0);
    const labelWeight = area / (height * width * drawn.length);
    return drawn.map(({ partner, box }) => ({ partner, pixels: { box }, labelWeight }));
  }
}

const reversed = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => to - 1 - i);
