import type { Random } from "@efficientnet/random";
import { drawIndex } from "@efficientnet/random";

/** A box of pixels; `bottom` and `right` are the first outside. */
export interface MixBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The box of CutMix: both sides sqrt(1 - `kept`) of the picture's, cut off to whole numbers and then to even ones,
 * around a uniform centre, clipped at the borders. Source: CutMix, arXiv 1905.04899; the same in Google's code and timm.
 */
export function drawMixBox(random: Random, height: number, width: number, kept: number): MixBox {
  const share = Math.sqrt(1 - kept);
  const halfHeight = Math.floor(Math.trunc(height * share) / 2);
  const halfWidth = Math.floor(Math.trunc(width * share) / 2);
  const y = drawIndex(random, height);
  const x = drawIndex(random, width);
  return {
    top: Math.max(0, y - halfHeight),
    bottom: Math.min(height, y + halfHeight),
    left: Math.max(0, x - halfWidth),
    right: Math.min(width, x + halfWidth),
  };
}

/** Pixels in the box. */
export const boxArea = ({ top, bottom, left, right }: MixBox): number => (bottom - top) * (right - left);
