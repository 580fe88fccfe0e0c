import type { AffineMatrix, GeometryFilter } from "@efficientnet/augment";
import type { Colour } from "@efficientnet/preprocess";
import * as tf from "@tensorflow/tfjs-core";

/** How one image is mapped. */
export interface ImageMap {
  readonly matrix: AffineMatrix;
  readonly fill: Colour;
}

/** The level at fractional coordinates, from a function that reads whole ones; places are relative to pixel centres. */
type Sampler = (read: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor, x: tf.Tensor, y: tf.Tensor) => tf.Tensor;

const SAMPLERS: Readonly<Record<GeometryFilter, Sampler>> = {
  nearest: (read, x, y) => read(tf.floor(tf.add(x, 0.5)), tf.floor(tf.add(y, 0.5))),
  bilinear: (read, x, y) => {
    const [left, top] = [tf.floor(x), tf.floor(y)];
    const across = tf.expandDims(tf.sub(x, left), -1);
    const line = (row: tf.Tensor) => between(read(left, row), read(tf.add(left, 1), row), across);
    return between(line(top), line(tf.add(top, 1)), tf.expandDims(tf.sub(y, top), -1));
  },
  bicubic: (read, x, y) => {
    const [left, top] = [tf.floor(x), tf.floor(y)];
    const across = tf.expandDims(tf.sub(x, left), -1);
    const around = [-1, 0, 1, 2] as const;
    const line = (row: tf.Tensor) =>
      cubic(
        around.map((step) => read(tf.add(left, step), row)),
        across,
      );
    return cubic(
      around.map((step) => line(tf.add(top, step))),
      tf.expandDims(tf.sub(y, top), -1),
    );
  },
};

const between = (from: tf.Tensor, to: tf.Tensor, share: tf.Tensor): tf.Tensor =>
  tf.add(from, tf.mul(tf.sub(to, from), share));

/** The cubic with a = -1, by Horner's form as on the CPU. */
function cubic([v1, v2, v3, v4]: readonly tf.Tensor[], share: tf.Tensor): tf.Tensor {
  const p2 = tf.sub(v3!, v1!);
  const p3 = tf.sub(tf.add(tf.mul(tf.sub(v1!, v2!), 2), v3!), v4!);
  const p4 = tf.sub(tf.add(tf.sub(v2!, v1!), v4!), v3!);
  return tf.add(v2!, tf.mul(share, tf.add(p2, tf.mul(share, tf.add(p3, tf.mul(share, p4))))));
}

/** Each image under its own affine map, filled where nothing comes from: `transformPicture` of each. */
export function sampleImages(images: tf.Tensor4D, maps: readonly ImageMap[], filter: GeometryFilter): tf.Tensor4D {
  const [samples, height, width] = images.shape;
  const column = (at: number) =>
    tf.tensor3d(
      maps.map(({ matrix }) => matrix[at]!),
      [samples, 1, 1],
    );
  const centresX = tf.reshape(tf.add(tf.range(0, width), 0.5), [1, 1, width]);
  const centresY = tf.reshape(tf.add(tf.range(0, height), 0.5), [1, height, 1]);
  const origin = (across: number, down: number, offset: number) =>
    tf.add(tf.add(tf.mul(column(across), centresX), tf.mul(column(down), centresY)), column(offset));
  const [x, y] = [origin(0, 1, 2), origin(3, 4, 5)];
  const pixels = tf.reshape(images, [samples * height * width, 3]);
  const starts = tf.reshape(tf.range(0, samples * height * width, height * width, "int32"), [samples, 1, 1]);
  const read = (atX: tf.Tensor, atY: tf.Tensor): tf.Tensor => {
    const row = tf.mul(tf.clipByValue(atY, 0, height - 1), width);
    const place = tf.cast(tf.add(row, tf.clipByValue(atX, 0, width - 1)), "int32");
    return tf.reshape(tf.gather(pixels, tf.reshape(tf.add(place, starts), [-1])), images.shape);
  };
  const sampled = SAMPLERS[filter](read, tf.sub(x, 0.5), tf.sub(y, 0.5));
  const fill = tf.tensor4d(
    maps.flatMap((map) => [...map.fill]),
    [samples, 1, 1, 3],
  );
  const inside = tf.logicalAnd(isWithin(x, width), isWithin(y, height));
  return tf.where(tf.expandDims(inside, -1), tf.floor(tf.clipByValue(sampled, 0, 255)), fill) as tf.Tensor4D;
}

const isWithin = (place: tf.Tensor, length: number): tf.Tensor =>
  tf.logicalAnd(tf.greaterEqual(place, 0), tf.less(place, length));
