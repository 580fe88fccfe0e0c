import type { Colour } from "@efficientnet/preprocess";
import { lumaOf } from "./luma.js";
import type { OpaquePicture } from "./opaque-picture.js";

/**
 * Fills a square of side 2 x `pad` around a pixel; what of it lies outside the picture is lost.
 * Source: Cutout, arXiv 1708.04552, as google/automl has it.
 */
export function cutout(
  picture: OpaquePicture,
  pad: number,
  centre: readonly [x: number, y: number],
  fill: Colour,
): OpaquePicture {
  const { width, height, channels } = picture;
  const colour = channels === 3 ? fill : [lumaOf(...fill)];
  const data = Uint8Array.from(picture.data);
  const [x, y] = centre;
  for (let row = Math.max(0, y - pad); row < Math.min(height, y + pad); row++) {
    for (let column = Math.max(0, x - pad); column < Math.min(width, x + pad); column++) {
      data.set(colour, (row * width + column) * channels);
    }
  }
  return { ...picture, data };
}
