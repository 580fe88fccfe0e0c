import { checkCounts } from "./check-counts.js";
import type { Padding } from "./types.js";

/** Side of a square input in pixels, or both sides. */
export type ImageSize = number | { readonly height: number; readonly width: number };

/** Both sides; throws `invalid-argument` unless they are positive integers. */
export function sidesOf(imageSize: ImageSize): { readonly height: number; readonly width: number } {
  const { height, width } = typeof imageSize === "number" ? { height: imageSize, width: imageSize } : imageSize;
  checkCounts({ height, width });
  return { height, width };
}

const OUTPUT_SIZE: Readonly<Record<Padding, (size: number, kernelSize: number, stride: number) => number>> = {
  same: (size, _kernelSize, stride) => Math.ceil(size / stride),
  symmetric: (size, kernelSize, stride) => {
    const padding = Math.floor((kernelSize - 1) / 2);
    return Math.floor((size + 2 * padding - kernelSize) / stride) + 1;
  },
};

/**
 * Side of a convolution's output. For odd kernels both paddings give `ceil(size / stride)`: they differ in which pixels
 * a position sees, never in how many positions there are.
 */
export function convOutputSize(size: number, kernelSize: number, stride: number, padding: Padding): number {
  return OUTPUT_SIZE[padding](size, kernelSize, stride);
}
