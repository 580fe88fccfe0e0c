import { EfficientNetError } from "@efficientnet/errors";
import type { Padding } from "./types.js";

/** Side of a square input in pixels, or both sides. */
export type ImageSize = number | { readonly height: number; readonly width: number };

/** Both sides; throws `invalid-argument` unless they are positive integers. */
export function sidesOf(imageSize: ImageSize): { readonly height: number; readonly width: number } {
  const { height, width } = typeof imageSize === "number" ? { height: imageSize, width: imageSize } : imageSize;
  for (const side of [height, width]) {
    if (Number.isInteger(side) && side > 0) continue;
    throw new EfficientNetError("invalid-argument", `imageSize is ${height} x ${width}`, {
      expected: "positive integers",
    });
  }
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
