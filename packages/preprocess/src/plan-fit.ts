import type { PreprocessSpec } from "@efficientnet/specs";
import type { Rectangle, Size } from "./rectangle.js";
import { roundHalfEven } from "./round-half-even.js";

/** Where the pixels of the input come from: `source` of the picture is resized to `resized`, of which `window` is seen. */
export interface FitPlan {
  readonly source: Rectangle;
  readonly resized: Size;
  /** As large as the input. Where it reaches outside `resized` there is padding. */
  readonly window: Rectangle;
}

/**
 * The geometry of a fit, with the rounding of the library that the fit comes from. Use it to map a place in the model
 * input back to the picture.
 *
 * An input that is not the spec's square keeps the spec's ratio of `resizeTo` to `size` on both sides; the crop padding
 * of `crop-resize` stays as it is in pixels.
 */
export function planFit(
  picture: Size,
  spec: Pick<PreprocessSpec, "fit" | "size">,
  input: Size = square(spec.size),
): FitPlan {
  const { fit } = spec;
  switch (fit.mode) {
    case "crop-resize":
      return { source: centreOfPicture(picture, fit.cropPadding, input), resized: input, window: whole(input) };
    case "squash":
      return crop(picture, scaled(input, fit.resizeTo, spec.size), input);
    case "border":
      return crop(picture, contain(picture, scaled(input, fit.resizeTo, spec.size)), input);
    case "resize-crop": {
      const target = scaled(input, fit.resizeTo, spec.size);
      const isSquare = target.width === target.height;
      return crop(picture, isSquare ? shorterSide(picture, target.width) : cover(picture, target), input);
    }
  }
}

const square = (side: number): Size => ({ width: side, height: side });

const whole = ({ width, height }: Size): Rectangle => ({ x: 0, y: 0, width, height });

/** timm: `floor(size / crop_pct)`, with `crop_pct = size / resizeTo`. */
const scaled = ({ width, height }: Size, resizeTo: number, size: number): Size => ({
  width: Math.floor((width * resizeTo) / size),
  height: Math.floor((height * resizeTo) / size),
});

/** torchvision `Resize(int)`: the longer side is truncated. */
function shorterSide({ width, height }: Size, side: number): Size {
  return width <= height
    ? { width: side, height: Math.trunc((side * height) / width) }
    : { width: Math.trunc((side * width) / height), height: side };
}

/** timm `ResizeKeepRatio(longest=0)`: both sides reach the target. */
const cover = (picture: Size, target: Size): Size =>
  divide(picture, Math.min(picture.width / target.width, picture.height / target.height));

/** timm `ResizeKeepRatio(longest=1)`: no side exceeds the target. */
const contain = (picture: Size, target: Size): Size =>
  divide(picture, Math.max(picture.width / target.width, picture.height / target.height));

/** At least a pixel, where the reference would fail on a picture much longer than wide. */
const divide = ({ width, height }: Size, ratio: number): Size => ({
  width: Math.max(1, roundHalfEven(width / ratio)),
  height: Math.max(1, roundHalfEven(height / ratio)),
});

function crop(picture: Size, resized: Size, input: Size): FitPlan {
  const x = centreOffset(resized.width, input.width);
  const y = centreOffset(resized.height, input.height);
  return { source: whole(picture), resized, window: { x, y, ...input } };
}

/** torchvision `CenterCrop`: the odd pixel of a crop goes by Python's `round`, that of a padding to the right. */
function centreOffset(available: number, wanted: number): number {
  return available >= wanted ? roundHalfEven((available - wanted) / 2) : -Math.floor((wanted - available) / 2);
}

/**
 * Google's evaluation crop: `int(size / (size + padding) * shorterSide)` in float32, offset `((side - crop) + 1) // 2`.
 * For an input that is not square, the largest rectangle of its proportions takes the place of the shorter side.
 */
function centreOfPicture(picture: Size, padding: number, input: Size): Rectangle {
  const padded = { width: input.width + padding, height: input.height + padding };
  const ratio = Math.min(picture.width / padded.width, picture.height / padded.height);
  const side = (available: number, wanted: number, wantedPadded: number) => {
    const base = Math.min(available, ratio * wantedPadded);
    return Math.max(1, Math.trunc(Math.fround(Math.fround(wanted / wantedPadded) * Math.fround(base))));
  };
  const width = side(picture.width, input.width, padded.width);
  const height = side(picture.height, input.height, padded.height);
  return {
    x: Math.floor((picture.width - width + 1) / 2),
    y: Math.floor((picture.height - height + 1) / 2),
    width,
    height,
  };
}
