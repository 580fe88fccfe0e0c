import type { ArchitectureSpec } from "../types.js";
import { skeleton } from "./skeleton.js";
import { type Coefficients, scaledVariants } from "./variants.js";

/**
 * EfficientNet-EdgeTPU-S. The first row computes its expansion from 24 channels although the stem puts out 32.
 * Source: `efficientnet_edgetpu_builder.py` of the released code.
 */
const edgeTpuBase = (): ArchitectureSpec => ({
  ...skeleton(
    32,
    [
      // operator,                   stride, channels, layers
      ["Fused-MBConv4, k3x3, no skip", 1, 24, 1],
      ["Fused-MBConv8, k3x3", 2, 32, 2],
      ["Fused-MBConv8, k3x3", 2, 48, 4],
      ["MBConv8, k5x5", 2, 96, 5],
      ["MBConv8, k5x5", 1, 144, 4],
      ["MBConv8, k5x5", 2, 192, 2],
    ],
    24,
  ),
  activation: "relu",
});

/** Width, depth, resolution, dropout. */
const COEFFICIENTS = {
  "efficientnet-edgetpu-s": [1.0, 1.0, 224, 0.2],
  "efficientnet-edgetpu-m": [1.0, 1.1, 240, 0.2],
  "efficientnet-edgetpu-l": [1.2, 1.4, 300, 0.3],
} as const satisfies Record<string, Coefficients>;

export const efficientNetEdgeTpu = /* @__PURE__ */ scaledVariants(COEFFICIENTS, edgeTpuBase);
