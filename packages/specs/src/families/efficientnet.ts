import { skeleton } from "./skeleton.js";
import { type Coefficients, scaledVariants } from "./variants.js";

/** EfficientNet-B0. Source: EfficientNet paper, table 1. */
export const baseSpec = () =>
  skeleton(32, [
    // operator,             stride, channels, layers
    ["MBConv1, k3x3, SE0.25", 1, 16, 1],
    ["MBConv6, k3x3, SE0.25", 2, 24, 2],
    ["MBConv6, k5x5, SE0.25", 2, 40, 2],
    ["MBConv6, k3x3, SE0.25", 2, 80, 3],
    ["MBConv6, k5x5, SE0.25", 1, 112, 3],
    ["MBConv6, k5x5, SE0.25", 2, 192, 4],
    ["MBConv6, k3x3, SE0.25", 1, 320, 1],
  ]);

/** Width, depth, resolution, dropout of B0 to B8 and L2. Source: `efficientnet_builder.py` of the released code. */
export const EFFICIENTNET_COEFFICIENTS = {
  "efficientnet-b0": [1.0, 1.0, 224, 0.2],
  "efficientnet-b1": [1.0, 1.1, 240, 0.2],
  "efficientnet-b2": [1.1, 1.2, 260, 0.3],
  "efficientnet-b3": [1.2, 1.4, 300, 0.3],
  "efficientnet-b4": [1.4, 1.8, 380, 0.4],
  "efficientnet-b5": [1.6, 2.2, 456, 0.4],
  "efficientnet-b6": [1.8, 2.6, 528, 0.5],
  "efficientnet-b7": [2.0, 3.1, 600, 0.5],
  "efficientnet-b8": [2.2, 3.6, 672, 0.5],
  "efficientnet-l2": [4.3, 5.3, 800, 0.5],
} as const satisfies Record<string, Coefficients>;

export const efficientNet = /* @__PURE__ */ scaledVariants(EFFICIENTNET_COEFFICIENTS, baseSpec);
