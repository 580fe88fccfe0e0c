import * as tf from "@tensorflow/tfjs-core";
import { perImage } from "./check-images.js";

/** `from + factor * (to - from)`, clipped and cut off to whole levels. */
function blend(from: tf.Tensor, to: tf.Tensor4D, factors: readonly number[]): tf.Tensor4D {
  const blended = tf.add(from, tf.mul(perImage(factors), tf.sub(to, from)));
  return tf.floor(tf.clipByValue(blended, 0, 255)) as tf.Tensor4D;
}

/** ITU-R 601 in 16-bit fixed point, whose products and sums are whole numbers that float32 holds: `[N,H,W,1]`. */
function greys(images: tf.Tensor4D): tf.Tensor4D {
  const weighted = tf.sum(tf.mul(images, tf.tensor1d([19595, 38470, 7471])), 3, true);
  return tf.floor(tf.div(tf.add(weighted, 0x8000), 0x10000)) as tf.Tensor4D;
}

/** Saturation: 0 is grey, 1 changes nothing. */
export const colourImages = (images: tf.Tensor4D, factors: readonly number[]): tf.Tensor4D =>
  blend(greys(images), images, factors);

/** Contrast: 0 is the mean grey everywhere, 1 changes nothing. */
export function contrastImages(images: tf.Tensor4D, factors: readonly number[]): tf.Tensor4D {
  const mean = tf.floor(tf.add(tf.mean(greys(images), [1, 2, 3], true), 0.5));
  return blend(mean, images, factors);
}

/** Sharpness: 0 is smoothed, 1 changes nothing; the outermost pixels stay. */
export function sharpnessImages(images: tf.Tensor4D, factors: readonly number[]): tf.Tensor4D {
  const [, height, width] = images.shape;
  if (height < 3 || width < 3) return tf.clone(images);
  const kernel = tf.tensor4d(
    [1, 1, 1, 1, 5, 1, 1, 1, 1].flatMap((weight) => [weight, weight, weight]),
    [3, 3, 3, 1],
  );
  const sums = tf.depthwiseConv2d(images, kernel, 1, "valid");
  const inner = tf.floor(tf.add(tf.div(sums, 13), 0.5));
  const smooth = tf.pad(inner, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const isInner = tf.pad(tf.onesLike(inner), [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  return blend(tf.where(tf.cast(isInner, "bool"), smooth, images), images, factors);
}
