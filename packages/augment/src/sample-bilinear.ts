import type { AffineMatrix } from "./affine-matrix.js";
import type { OpaquePicture } from "./opaque-picture.js";
import { clampTo, walkOrigins } from "./walk-origins.js";

/** Between four pixels, in doubles, cut off to whole levels. */
export function sampleBilinear(picture: OpaquePicture, matrix: AffineMatrix, into: Uint8Array): void {
  const { data, width, height, channels } = picture;
  walkOrigins(picture, matrix, (at, originX, originY) => {
    const x = Math.floor(originX);
    const y = Math.floor(originY);
    const left = clampTo(width, x) * channels;
    const right = clampTo(width, x + 1) * channels;
    const upper = clampTo(height, y) * width * channels;
    const lower = clampTo(height, y + 1) * width * channels;
    for (let channel = 0; channel < channels; channel++) {
      const above = between(data[upper + left + channel]!, data[upper + right + channel]!, originX - x);
      const below = between(data[lower + left + channel]!, data[lower + right + channel]!, originX - x);
      into[at + channel] = between(above, below, originY - y);
    }
  });
}

const between = (from: number, to: number, share: number): number => from + (to - from) * share;
