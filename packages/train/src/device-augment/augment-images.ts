import { type AugmentPolicy, drawOperations } from "@efficientnet/augment";
import type { Random } from "@efficientnet/random";
import * as tf from "@tensorflow/tfjs-core";
import { applyOperations } from "./apply-operations.js";
import { checkImages } from "./check-images.js";

/**
 * Images after a policy: `augment` of each with its own source of randomness, so that the same seeds draw the same
 * operations on the device and on the CPU.
 *
 * @param images - whole levels from 0 to 255, `[N,H,W,3]`
 * @throws `wrong-shape` unless there is a source for each image, and what `drawOperations` throws.
 */
export function augmentImages(images: tf.Tensor4D, policy: AugmentPolicy, randoms: readonly Random[]): tf.Tensor4D {
  checkImages(images, randoms.length, "sources of randomness");
  const [, height, width] = images.shape;
  const drawn = randoms.map((random) => drawOperations({ width, height }, policy, random));
  const longest = Math.max(0, ...drawn.map((operations) => operations.length));
  return tf.tidy(() => {
    let augmented = tf.clone(images);
    for (let step = 0; step < longest; step++) {
      augmented = applyOperations(
        augmented,
        drawn.map((operations) => operations[step]),
      );
    }
    return augmented;
  });
}
