import { EfficientNetError, formatShape } from "@efficientnet/errors";

/** Images as a network takes them. `preprocessBatch` gives one. */
export interface ImageBatch {
  /** Row by row, channels interleaved (NHWC). */
  readonly data: Float32Array;
  readonly shape: readonly [samples: number, height: number, width: number, channels: number];
}

/** Images with their classes. */
export interface LabelledBatch extends ImageBatch {
  /** One row of as many numbers as there are classes per sample, summing to 1: one-hot, or smoothed. */
  readonly labels: Float32Array;
}

/** Throws `wrong-shape` unless the data fills the shape. */
export function checkBatch({ data, shape }: ImageBatch): void {
  const size = shape.reduce((product, side) => product * side, 1);
  if (shape.length === 4 && data.length === size) return;
  throw new EfficientNetError("wrong-shape", `the data of the batch does not fill ${formatShape(shape)}`, {
    expected: `${size} numbers of an NHWC shape`,
    received: `${data.length} numbers`,
  });
}

/** Throws `wrong-shape` also unless every sample has as many numbers of labels. */
export function checkLabelledBatch(batch: LabelledBatch): void {
  checkBatch(batch);
  const [samples] = batch.shape;
  if (samples > 0 && batch.labels.length > 0 && batch.labels.length % samples === 0) return;
  throw new EfficientNetError("wrong-shape", `${batch.labels.length} labels do not divide among ${samples} samples`, {
    expected: "a row of one number per class for each sample, as oneHot gives",
  });
}
