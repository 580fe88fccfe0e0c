import { EfficientNetError, formatShape } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";

/** Throws `wrong-shape` unless the images are `[N,H,W,3]` with one of `count` things for each of them. */
export function checkImages(images: tf.Tensor4D, count: number, things: string): void {
  if (images.shape.length !== 4 || images.shape[3] !== 3) {
    throw new EfficientNetError("wrong-shape", `the images are ${formatShape(images.shape)}`, {
      expected: "[N,H,W,3]: RGB, all of one size",
    });
  }
  if (images.shape[0] === count) return;
  throw new EfficientNetError("wrong-shape", `${images.shape[0]} images have ${count} ${things}`, {
    expected: "one for each image",
  });
}

/** A number for each image, which spreads over `[N,H,W,3]`. */
export const perImage = (values: readonly number[]): tf.Tensor4D =>
  tf.tensor4d(Float32Array.from(values), [values.length, 1, 1, 1]);

/** 1 inside the box of each image and 0 outside, `[N,H,W,1]`; `bottom` and `right` are the first outside. */
export function boxMask(
  [, height, width]: readonly [number, number, number, number],
  boxes: readonly { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }[],
): tf.Tensor4D {
  const side = (length: number, rangeOf: (box: (typeof boxes)[number]) => readonly [number, number]) =>
    Float32Array.from({ length: boxes.length * length }, (_, i) => {
      const [from, to] = rangeOf(boxes[Math.floor(i / length)]!);
      return i % length >= from && i % length < to ? 1 : 0;
    });
  const rows = side(height, ({ top, bottom }) => [top, bottom]);
  const columns = side(width, ({ left, right }) => [left, right]);
  return tf.mul(tf.tensor4d(rows, [boxes.length, height, 1, 1]), tf.tensor4d(columns, [boxes.length, 1, width, 1]));
}
