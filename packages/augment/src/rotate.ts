import type { Colour } from "@efficientnet/preprocess";
import { reduceDegrees, rotateMatrix } from "./affine-matrix.js";
import type { OpaquePicture } from "./opaque-picture.js";
import { type GeometryFilter, transformPicture } from "./transform-picture.js";

/**
 * Turns a picture counter-clockwise about its middle. Whole turns, half turns and the quarter turns of a square move
 * pixels and compute nothing, as in Pillow.
 */
export function rotate(picture: OpaquePicture, degrees: number, filter: GeometryFilter, fill: Colour): OpaquePicture {
  const { width, height } = picture;
  const reduced = reduceDegrees(degrees);
  if (reduced === 0) return picture;
  if (reduced === 180) return movePixels(picture, (x, y) => [width - 1 - x, height - 1 - y]);
  if (reduced === 90 && width === height) return movePixels(picture, (x, y) => [width - 1 - y, x]);
  if (reduced === 270 && width === height) return movePixels(picture, (x, y) => [y, height - 1 - x]);
  return transformPicture(picture, rotateMatrix(reduced, picture), filter, fill);
}

function movePixels(picture: OpaquePicture, from: (x: number, y: number) => readonly [number, number]): OpaquePicture {
  const { data, width, height, channels } = picture;
  const moved = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = from(x, y);
      const start = (fromY * width + fromX) * channels;
      moved.set(data.subarray(start, start + channels), (y * width + x) * channels);
    }
  }
  return { ...picture, data: moved };
}
