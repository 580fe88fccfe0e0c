import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { checkPictureSize, type Picture, type PixelLimit } from "./picture.js";
import { pictureFromPixels } from "./raw-picture.js";
import type { ValueRange } from "./value-range.js";

/** What a tfjs tensor is to this package, which does not depend on tfjs. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: () => Promise<ArrayLike<unknown>>;
}

/** A tensor `[H,W]`, `[H,W,C]` or `[1,H,W,C]` with 1, 3 or 4 channels and the range of its values. */
export interface RangedTensor {
  readonly tensor: TensorLike;
  readonly range: ValueRange;
}

/** Reads the tensor back once; it is not disposed. */
export async function pictureFromTensor({ tensor, range }: RangedTensor, limit: PixelLimit): Promise<Picture> {
  const { shape, dtype } = tensor;
  if (dtype !== "float32" && dtype !== "int32") {
    throw new EfficientNetError("bad-image", `the tensor holds ${dtype}`, { expected: "float32 or int32" });
  }
  const [height, width, channels] = picturesAxes(shape);
  checkPictureSize(width, height, limit, "the tensor");
  const data = (await tensor.data()) as ArrayLike<number>;
  return pictureFromPixels({ data, width, height, channels, range }, limit);
}

function picturesAxes(shape: readonly number[]): readonly [height: number, width: number, channels: 1 | 3 | 4] {
  const axes = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  const [height, width, channels = 1] = axes;
  const known = axes.length === 2 || axes.length === 3;
  if (known && height !== undefined && width !== undefined && (channels === 1 || channels === 3 || channels === 4)) {
    return [height, width, channels];
  }
  throw new EfficientNetError("wrong-shape", "the tensor is not one picture", {
    expected: "[H,W], [H,W,C] or [1,H,W,C] with 1, 3 or 4 channels",
    received: formatShape(shape),
    ...hintFor(shape, axes),
  });
}

function hintFor(shape: readonly number[], axes: readonly number[]): { readonly hint?: string } {
  if (shape.length === 4 && shape[0] !== 1) return { hint: "unstack the batch and pass one picture at a time" };
  if (axes.length === 3 && (axes[0] === 1 || axes[0] === 3)) return { hint: "the channels must be last: transpose it" };
  return {};
}
