import { EfficientNetError } from "@efficientnet/errors";
import type { PreprocessSpec } from "@efficientnet/specs";
import { checkSpec, wholePositive } from "./check-spec.js";
import { meanColour, normaliser, normaliseTable } from "./normalise.js";
import { checkPicture, checkPictureSize, type Picture, type PixelLimit } from "./picture.js";
import { planFit } from "./plan-fit.js";
import { clipTo, type Rectangle, type Size } from "./rectangle.js";
import { resample } from "./resample.js";
import { roundHalfEven } from "./round-half-even.js";
import { type Colour, cropRows, rgbRows } from "./rows.js";

/** What a call may change about the preparation that the weights want. */
export interface PreprocessOptions extends PixelLimit {
  /** Sides of the input in pixels, in place of the spec's square. */
  readonly size?: number | Size | undefined;
  /** Colour (8-bit RGB) under transparent pixels. Without it alpha is dropped, as PIL's `convert("RGB")` does. */
  readonly background?: Colour | undefined;
}

/** Model input: NHWC, float32, normalised. */
export interface ModelInput {
  readonly data: Float32Array;
  readonly shape: readonly [batch: number, height: number, width: number, channels: 3];
}

/**
 * A picture as the model input `[1,H,W,3]` that one weights file wants: fit, resize, then `(x / 255 - mean) / std` in
 * float32.
 *
 * @throws `bad-image` for a picture that cannot be used, `invalid-argument` or `unknown-name` for the spec and options.
 */
export function preprocess(picture: Picture, spec: PreprocessSpec, options: PreprocessOptions = {}): ModelInput {
  checkPicture(picture, options);
  return stack([picture], spec, options);
}

/**
 * Pictures of any sizes as one model input `[N,H,W,3]`; each part equals {@link preprocess} of that picture. Every
 * picture is checked before any work is done, and the message names the one that is wrong.
 *
 * @throws As {@link preprocess}, and `invalid-argument` for an empty list.
 */
export function preprocessBatch(
  pictures: readonly Picture[],
  spec: PreprocessSpec,
  options: PreprocessOptions = {},
): ModelInput {
  if (pictures.length === 0) {
    throw new EfficientNetError("invalid-argument", "the batch has no pictures", { expected: "at least one" });
  }
  pictures.forEach((picture, index) => {
    checkPicture(picture, options, `picture ${index}`);
  });
  return stack(pictures, spec, options);
}

function stack(pictures: readonly Picture[], spec: PreprocessSpec, options: PreprocessOptions): ModelInput {
  checkSpec(spec);
  checkBackground(options.background);
  const input = inputSize(spec, options);
  const length = input.height * input.width * 3;
  const data = new Float32Array(pictures.length * length);
  const write = inputWriter(spec, input, options.background);
  pictures.forEach((picture, index) => {
    write(picture, data.subarray(index * length, (index + 1) * length));
  });
  return { data, shape: [pictures.length, input.height, input.width, 3] };
}

function inputSize(spec: PreprocessSpec, { size = spec.size, maxPixels }: PreprocessOptions): Size {
  const input = typeof size === "number" ? { width: size, height: size } : size;
  wholePositive("the input's width", input.width);
  wholePositive("the input's height", input.height);
  checkPictureSize(input.width, input.height, { maxPixels }, "the model input");
  return input;
}

function checkBackground(background: Colour | undefined): void {
  if (background?.every((value) => Number.isInteger(value) && value >= 0 && value <= 255) === false) {
    throw new EfficientNetError("invalid-argument", `background is [${background.join(",")}]`, {
      expected: "red, green and blue as whole numbers in 0..255",
    });
  }
}

function inputWriter(spec: PreprocessSpec, input: Size, background: Colour | undefined) {
  const normalise = normaliser(spec);
  const table = normaliseTable(normalise);
  const fill = spec.fit.mode === "border" ? meanColour(spec, roundHalfEven) : ([0, 0, 0] as const);
  return (picture: Picture, out: Float32Array): void => {
    const { source, resized, window } = planFit(picture, spec, input);
    const inside = clipTo(resized, window);
    if (inside.width < window.width || inside.height < window.height) {
      for (let i = 0; i < out.length; i++) out[i] = table[(i % 3) * 256 + fill[(i % 3) as 0 | 1 | 2]]!;
    }
    const pixels = resample(cropRows(rgbRows(picture, background), source), resized, inside, spec);
    place(pixels, inside, window, out, (pixel, channel) =>
      spec.method === "pillow" ? table[channel * 256 + pixel]! : normalise(channel, pixel),
    );
  };
}

function place(
  pixels: Uint8ClampedArray | Float64Array,
  inside: Rectangle,
  window: Rectangle,
  out: Float32Array,
  normalise: (pixel: number, channel: 0 | 1 | 2) => number,
): void {
  let i = 0;
  for (let y = 0; y < inside.height; y++) {
    let o = ((inside.y - window.y + y) * window.width + inside.x - window.x) * 3;
    for (let x = 0; x < inside.width; x++) {
      out[o++] = normalise(pixels[i++]!, 0);
      out[o++] = normalise(pixels[i++]!, 1);
      out[o++] = normalise(pixels[i++]!, 2);
    }
  }
}
