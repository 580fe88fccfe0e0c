import * as tf from "@tensorflow/tfjs-core";
import { checkImages, perImage } from "./check-images.js";

/**
 * Images of which some are mirrored left to right: equal to `flipPicture` of each.
 *
 * @throws `wrong-shape` unless there is a choice for each image.
 */
export function flipImages(images: tf.Tensor4D, flips: readonly boolean[]): tf.Tensor4D {
  checkImages(images, flips.length, "choices");
  return tf.tidy(() => tf.where(tf.cast(perImage(flips.map(Number)), "bool"), tf.reverse(images, 2), images));
}
