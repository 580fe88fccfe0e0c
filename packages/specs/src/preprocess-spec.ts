/** Resampling filters: cubic is Keys' with a = -0.5, Lanczos has 3 lobes, `area` is Pillow's `BOX`. */
export type ResampleFilter = "nearest" | "bilinear" | "bicubic" | "lanczos" | "area";

/**
 * How a picture of any size becomes the square that the network sees.
 *
 * - `resize-crop`: the shorter side to `resizeTo` pixels, then the centre square (timm `center`, torchvision), with
 *   black around it where the square is larger.
 * - `squash`: both sides to `resizeTo`, ignoring the aspect ratio, then the centre square (timm `squash`, Keras, V2).
 * - `border`: the longer side to `resizeTo`, then the centre square, filled with the mean colour (timm `border`).
 * - `crop-resize`: a centre square of `size / (size + cropPadding)` of the shorter side, then resized (TensorFlow).
 *
 * timm states `crop_pct` instead: `resizeTo = floor(size / crop_pct)`.
 */
export type Fit =
  | { readonly mode: "resize-crop" | "squash" | "border"; readonly resizeTo: number }
  | { readonly mode: "crop-resize"; readonly cropPadding: number };

/**
 * - `pillow`: anti-aliased, 8-bit, rounded after each pass, as PIL resizes.
 * - `tensorflow`: not anti-aliased, float, half-pixel centres, as `tf.image.resize` does by default.
 * - `tensorflow-antialias`: the same with `antialias=True`.
 */
export type ResampleMethod = "pillow" | "tensorflow" | "tensorflow-antialias";

/** Everything between a decoded picture and the model input, as one weights file wants it. */
export interface PreprocessSpec {
  /** Side of the square input in pixels. */
  readonly size: number;
  readonly fit: Fit;
  readonly filter: ResampleFilter;
  readonly method: ResampleMethod;
  /** Per channel, in units of the full range: input = (pixel / 255 - mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}
