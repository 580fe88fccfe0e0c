import { type RandomErasingOptions, randomErasing } from "@efficientnet/augment";
import type { Random } from "@efficientnet/random";
import * as tf from "@tensorflow/tfjs-core";
import { checkImages } from "./check-images.js";

/**
 * A normalised batch with rectangles erased: `randomErasing` of each image with its own source of randomness, noise
 * included, which is drawn on the CPU.
 *
 * @throws As `randomErasing`, and `wrong-shape` unless there is a source for each image.
 */
export function eraseImages(
  images: tf.Tensor4D,
  randoms: readonly Random[],
  options: RandomErasingOptions = {},
): tf.Tensor4D {
  checkImages(images, randoms.length, "sources of randomness");
  const [, height, width] = images.shape;
  const shape = [1, height, width, 3] as const;
  const length = height * width * 3;
  // What is erased is a number afterwards; everything else still is none.
  const blank = { data: new Float32Array(length).fill(Number.NaN), shape };
  const erased = new Float32Array(randoms.length * length);
  for (const [sample, random] of randoms.entries())
    erased.set(randomErasing(blank, random, options).data, sample * length);
  const isErased = Uint8Array.from(erased, (value) => (Number.isNaN(value) ? 0 : 1));
  const values = erased.map((value) => (Number.isNaN(value) ? 0 : value));
  return tf.tidy(() =>
    tf.where(tf.tensor4d(isErased, images.shape, "bool"), tf.tensor4d(values, images.shape), images),
  ) as tf.Tensor4D;
}
