import { convOutputSize, type Padding } from "@efficientnet/specs";
import type { MapShape } from "./plan-builder.js";

const PAD_BEFORE: Readonly<Record<Padding, (size: number, kernelSize: number, stride: number) => number>> = {
  // The odd pixel of the total goes to the bottom right.
  same: (size, kernelSize, stride) =>
    Math.floor(Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernelSize - size) / 2),
  symmetric: (_size, kernelSize) => Math.floor((kernelSize - 1) / 2),
};

/** Where a convolution's window begins on a map of this shape, and how large its output is. */
export function convolutionWindow(
  { height, width }: MapShape,
  { kernelSize, stride, padding }: { readonly kernelSize: number; readonly stride: number; readonly padding: Padding },
) {
  return {
    window: {
      kernelSize,
      stride,
      padTop: PAD_BEFORE[padding](height, kernelSize, stride),
      padLeft: PAD_BEFORE[padding](width, kernelSize, stride),
    },
    height: convOutputSize(height, kernelSize, stride, padding),
    width: convOutputSize(width, kernelSize, stride, padding),
  };
}
