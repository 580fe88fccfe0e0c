import type { Size } from "@efficientnet/preprocess";

/**
 * Where each pixel of the result comes from: x = a X + b Y + c, y = d X + e Y + f, with pixel centres at halves.
 * The order of PIL's `Image.AFFINE`.
 */
export type AffineMatrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Slants rows: each line comes from `factor` pixels further right than the one above it. */
export const shearXMatrix = (factor: number): AffineMatrix => [1, factor, 0, 0, 1, 0];

/** Slants columns. */
export const shearYMatrix = (factor: number): AffineMatrix => [1, 0, 0, factor, 1, 0];

/** Takes each pixel from `pixels` further right: the picture moves left. */
export const translateXMatrix = (pixels: number): AffineMatrix => [1, 0, pixels, 0, 1, 0];

/** Takes each pixel from `pixels` further down: the picture moves up. */
export const translateYMatrix = (pixels: number): AffineMatrix => [1, 0, 0, 0, 1, pixels];

/** Degrees in [0, 360). */
export function reduceDegrees(degrees: number): number {
  const remainder = degrees % 360;
  return remainder < 0 ? remainder + 360 : remainder;
}

/** Turns counter-clockwise about the middle, [0, 360) degrees. Source: `Image.rotate` of Pillow, which rounds to 15 decimals. */
export function rotateMatrix(degrees: number, { width, height }: Size): AffineMatrix {
  const radians = -(degrees * (Math.PI / 180));
  const cos = Number(Math.cos(radians).toFixed(15));
  const sin = Number(Math.sin(radians).toFixed(15));
  const minusSin = Number((-Math.sin(radians)).toFixed(15));
  const [x, y] = [width / 2, height / 2];
  return [cos, sin, cos * -x + sin * -y + x, minusSin, cos, minusSin * -x + cos * -y + y];
}
