import * as tf from "@tensorflow/tfjs-core";

/** Each channel of each image sent through a table of its own; tables are `[N*3,256]`. */
function lookUp(images: tf.Tensor4D, tables: tf.Tensor2D): tf.Tensor4D {
  const [samples, height, width] = images.shape;
  const mapped = tf.gather(tf.reshape(tables, [samples * 3 * 256]), tf.reshape(inOwnRow(byChannel(images)), [-1]));
  return tf.transpose(tf.reshape(mapped, [samples, 3, height, width]), [0, 2, 3, 1]);
}

/**
 * The place of each level in a row of tables, one for each channel of each image: tfjs 4.22 has gathers and counts for
 * several tables at once, but the first are wrong on wasm and the second on webgpu.
 */
function inOwnRow(levels: tf.Tensor2D): tf.Tensor2D {
  const [rows] = levels.shape;
  const starts = tf.reshape(tf.range(0, rows * 256, 256, "int32"), [rows, 1]);
  return tf.add(tf.cast(levels, "int32"), starts);
}

/** `[N*3,H*W]` */
function byChannel(images: tf.Tensor4D): tf.Tensor2D {
  const [samples, height, width] = images.shape;
  return tf.reshape(tf.transpose(images, [0, 3, 1, 2]), [samples * 3, height * width]);
}

/** All channels of each image sent through the 256 levels that `tables` has for it. */
export function mapLevels(images: tf.Tensor4D, tables: readonly Uint8Array[]): tf.Tensor4D {
  const rows = new Float32Array(tables.length * 3 * 256);
  for (const [sample, table] of tables.entries()) {
    for (let channel = 0; channel < 3; channel++) rows.set(table, (sample * 3 + channel) * 256);
  }
  return lookUp(images, tf.tensor2d(rows, [tables.length * 3, 256]));
}

/** Stretches each channel until its darkest level is 0 and its brightest 255. */
export function autoContrastImages(images: tf.Tensor4D): tf.Tensor4D {
  const low = tf.min(images, [1, 2], true);
  const range = tf.sub(tf.max(images, [1, 2], true), low);
  const stretched = tf.floor(tf.div(tf.mul(tf.sub(images, low), 255), tf.maximum(range, 1)));
  return tf.where(tf.greater(range, 0), stretched, images) as tf.Tensor4D;
}

/** Spreads the levels of each channel until all are about equally frequent. */
export function equalizeImages(images: tf.Tensor4D): tf.Tensor4D {
  const levels = byChannel(images);
  const [rows] = levels.shape;
  const places = tf.reshape(inOwnRow(levels), [-1]) as tf.Tensor1D;
  const counts = tf.reshape(tf.bincount(places, tf.tensor1d([]), rows * 256), [rows, 256]) as tf.Tensor2D;
  const brightest = tf.equal(tf.reshape(tf.range(0, 256), [1, 256]), tf.max(levels, 1, true));
  const others = tf.sum(tf.where(brightest, tf.zerosLike(counts), counts), 1, true);
  const step = tf.floor(tf.div(others, 255));
  const below = tf.add(tf.floor(tf.div(step, 2)), tf.cumsum(counts, 1, true));
  // Halfway between two quotients of whole numbers, where no rounding of the division matters.
  const spread = tf.floor(tf.div(tf.add(below, 0.5), tf.maximum(step, 1)));
  const same = tf.broadcastTo(tf.reshape(tf.range(0, 256), [1, 256]), counts.shape);
  return lookUp(images, tf.where(tf.greater(step, 0), tf.clipByValue(spread, 0, 255), same) as tf.Tensor2D);
}
