import { type Rectangle, type Resampling, resampleWeights } from "@efficientnet/preprocess";
import * as tf from "@tensorflow/tfjs-core";
import { checkImages } from "./check-images.js";

/**
 * A part of each image, resized to a square: `cropPicture` and `resizePicture` of each, but for a level where a sum lies
 * halfway between two. The resize is a product with the weights of Pillow or TensorFlow, anti-aliasing included, for
 * which `tf.image.cropAndResize` has no choice.
 *
 * @param images - levels from 0 to 255, `[N,H,W,3]`
 * @throws `wrong-shape` unless there is a rectangle for each image.
 */
export function cropImages(
  images: tf.Tensor4D,
  rectangles: readonly Rectangle[],
  size: number,
  resampling: Resampling = { filter: "bicubic", method: "pillow" },
): tf.Tensor4D {
  checkImages(images, rectangles.length, "rectangles");
  const [samples, height, width] = images.shape;
  const isPillow = resampling.method === "pillow";
  return tf.tidy(() => {
    const across = placedWeights(
      size,
      width,
      resampling,
      rectangles.map((part) => [part.x, part.width]),
    );
    const down = placedWeights(
      size,
      height,
      resampling,
      rectangles.map((part) => [part.y, part.height]),
    );
    // Rows and columns trade places, so that both products are over the second axis.
    const columns = tf.reshape(tf.transpose(images, [0, 2, 1, 3]), [samples, width, height * 3]);
    const narrowed = tf.reshape(tf.matMul(across, columns), [samples, size, height, 3]);
    const wide = isPillow ? wholeLevels(narrowed) : narrowed;
    const rows = tf.reshape(tf.transpose(wide, [0, 2, 1, 3]), [samples, height, size * 3]);
    const resized = tf.reshape(tf.matMul(down, rows), [samples, size, size, 3]) as tf.Tensor4D;
    return (isPillow ? wholeLevels(resized) : tf.clipByValue(tf.round(resized), 0, 255)) as tf.Tensor4D;
  });
}

/** Halves go up, as Pillow's fixed point rounds. */
const wholeLevels = (levels: tf.Tensor): tf.Tensor => tf.clipByValue(tf.floor(tf.add(levels, 0.5)), 0, 255);

/** The weights of each image's part, in rows as long as a whole side: `[N,size,side]`. */
function placedWeights(
  size: number,
  side: number,
  resampling: Resampling,
  parts: readonly (readonly [from: number, length: number])[],
): tf.Tensor3D {
  const placed = new Float32Array(parts.length * size * side);
  for (const [sample, [from, length]] of parts.entries()) {
    const weights = resampleWeights(resampling, length, size);
    for (let o = 0; o < size; o++) {
      placed.set(weights.subarray(o * length, (o + 1) * length), (sample * size + o) * side + from);
    }
  }
  return tf.tensor3d(placed, [parts.length, size, side]);
}
