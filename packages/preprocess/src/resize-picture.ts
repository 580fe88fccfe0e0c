import { checkResampling, wholePositive } from "./check-spec.js";
import { checkPicture, checkPictureSize, type Picture, type PixelLimit } from "./picture.js";
import { premultiply, unpremultiply } from "./premultiply.js";
import type { Size } from "./rectangle.js";
import { type Resampling, resample } from "./resample.js";
import { pictureRows } from "./rows.js";

/** Filter and method of a resize, and the largest picture to accept. */
export interface ResizeOptions extends Partial<Resampling>, PixelLimit {}

/**
 * A picture resized to exactly `size`; Pillow's bicubic filter unless the options say otherwise. Like Pillow, it
 * resamples colours weighted by their alpha. The TensorFlow methods are rounded and clipped to 8 bit here (halves to even).
 *
 * @throws `bad-image` for a picture that cannot be used, `invalid-argument` for a size that is not whole and positive.
 */
export function resizePicture(picture: Picture, size: Size, options: ResizeOptions = {}): Picture {
  const { filter = "bicubic", method = "pillow" } = options;
  checkPicture(picture, options);
  checkResampling({ filter, method });
  wholePositive("width", size.width);
  wholePositive("height", size.height);
  checkPictureSize(size.width, size.height, options, "the resized picture");
  const { width, height } = size;
  const { channels } = picture;
  const weighted = channels === 4 && filter !== "nearest";
  const rows = weighted ? premultiply(pictureRows(picture)) : pictureRows(picture);
  const pixels = resample(rows, size, { x: 0, y: 0, width, height }, { filter, method });
  const data = pixels instanceof Float64Array ? toBytes(pixels) : pixels;
  if (weighted) unpremultiply(data);
  return { data, width, height, channels };
}

const toBytes = (values: Float64Array): Uint8ClampedArray => Uint8ClampedArray.from(values);
