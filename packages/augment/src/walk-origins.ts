import type { AffineMatrix } from "./affine-matrix.js";
import type { OpaquePicture } from "./opaque-picture.js";

/**
 * Calls `visit` for each pixel of the result whose origin lies in the picture, with the index of its first byte and
 * the origin relative to pixel centres: 0 is the middle of the first pixel, and down to -0.5 is inside.
 */
export function walkOrigins(
  { width, height, channels }: OpaquePicture,
  [a, b, c, d, e, f]: AffineMatrix,
  visit: (at: number, x: number, y: number) => void,
): void {
  let at = 0;
  for (let line = 0; line < height; line++) {
    for (let column = 0; column < width; column++, at += channels) {
      const x = a * (column + 0.5) + b * (line + 0.5) + c;
      const y = d * (column + 0.5) + e * (line + 0.5) + f;
      if (x >= 0 && x < width && y >= 0 && y < height) visit(at, x - 0.5, y - 0.5);
    }
  }
}

/** The nearest whole number in [0, length): beyond the edge, the edge repeats. */
export function clampTo(length: number, at: number): number {
  return at < 0 ? 0 : at < length ? at : length - 1;
}
