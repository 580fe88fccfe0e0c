import {
  drawGoogleMixes,
  drawTimmMixes,
  type GoogleMixOptions,
  type SampleMix,
  type TimmMixOptions,
} from "@efficientnet/augment";
import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { Random } from "@efficientnet/random";
import * as tf from "@tensorflow/tfjs-core";
import { boxMask, checkImages, perImage } from "./check-images.js";

/** Images `[N,H,W,3]` and a row of labels for each, `[N,classes]`. */
export interface LabelledImages {
  readonly images: tf.Tensor4D;
  readonly labels: tf.Tensor2D;
}

/**
 * Mixup and CutMix as `mixGoogle` does them, with the same draws.
 *
 * @throws `wrong-shape` for labels that are not one row per image, `invalid-argument` for a negative alpha.
 */
export function mixImagesGoogle(batch: LabelledImages, random: Random, options: GoogleMixOptions): LabelledImages {
  return mixImages(batch, drawGoogleMixes(batch.images.shape, random, options));
}

/**
 * Mixup and CutMix as `mixTimm` does them, with the same draws.
 *
 * @throws `wrong-shape` for labels that are not one row per image, and what `mixTimm` throws.
 */
export function mixImagesTimm(batch: LabelledImages, random: Random, options: TimmMixOptions): LabelledImages {
  return mixImages(batch, drawTimmMixes(batch.images.shape, random, options));
}

const NOTHING = { top: 0, bottom: 0, left: 0, right: 0 };

function mixImages({ images, labels }: LabelledImages, drawn: readonly (SampleMix | undefined)[]): LabelledImages {
  checkImages(images, labels.shape[0], "rows of labels");
  if (labels.shape.length !== 2) {
    throw new EfficientNetError("wrong-shape", `the labels are ${formatShape(labels.shape)}`, {
      expected: "[N,classes]",
    });
  }
  const samples = images.shape[0];
  const mixes = Array.from({ length: samples }, (_, sample) => drawn[sample]);
  return tf.tidy(() => {
    const partners = tf.tensor1d(
      mixes.map((mix, sample) => mix?.partner ?? sample),
      "int32",
    );
    const boxes = mixes.map((mix) => (mix !== undefined && "box" in mix.pixels ? mix.pixels.box : NOTHING));
    const weights = mixes.map((mix) => (mix !== undefined && "weight" in mix.pixels ? mix.pixels.weight : 0));
    // A sample is mixed by weight or in a box, so that one of the two is zero everywhere.
    const share = tf.add(perImage(weights), boxMask(images.shape, boxes));
    const labelShare = tf.tensor2d(
      mixes.map((mix) => mix?.labelWeight ?? 0),
      [samples, 1],
    );
    return {
      images: mixed(images, tf.gather(images, partners), share) as tf.Tensor4D,
      labels: mixed(labels, tf.gather(labels, partners), labelShare) as tf.Tensor2D,
    };
  });
}

const mixed = (own: tf.Tensor, partner: tf.Tensor, share: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(own, tf.sub(1, share)), tf.mul(partner, share));
