import { V1_ROUNDING } from "@efficientnet/scaling";
import { scaleSpec } from "../scale-spec.js";
import { readStageTable } from "../stage-table.js";
import type { ArchitectureSpec } from "../types.js";
import { variantsOf } from "./variants.js";

/** EfficientNet-B0. Source: EfficientNet paper, table 1; batch norm, padding and rates as in the released code. */
export const baseSpec = (): ArchitectureSpec => ({
  name: "efficientnet-b0",
  stem: { channels: 32, kernelSize: 3, stride: 2 },
  stages: readStageTable({
    inChannels: 32,
    rows: [
      // operator,             stride, channels, layers
      ["MBConv1, k3x3, SE0.25", 1, 16, 1],
      ["MBConv6, k3x3, SE0.25", 2, 24, 2],
      ["MBConv6, k5x5, SE0.25", 2, 40, 2],
      ["MBConv6, k3x3, SE0.25", 2, 80, 3],
      ["MBConv6, k5x5, SE0.25", 1, 112, 3],
      ["MBConv6, k5x5, SE0.25", 2, 192, 4],
      ["MBConv6, k3x3, SE0.25", 1, 320, 1],
    ],
  }),
  head: { channels: 1280, classes: 1000 },
  activation: "silu",
  resolution: { train: 224, eval: 224 },
  dropoutRate: 0.2,
  dropPathRate: 0.2,
  batchNorm: { epsilon: 1e-3, momentum: 0.99 },
  padding: "same",
  rounding: V1_ROUNDING,
});

/** Width, depth, resolution, dropout. Source: `efficientnet_builder.py` of the released code. */
const COEFFICIENTS = {
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
} as const;

export const efficientNet = /* @__PURE__ */ variantsOf(
  COEFFICIENTS,
  (name, [widthCoefficient, depthCoefficient, resolution, dropoutRate]) =>
    scaleSpec(baseSpec(), { name, widthCoefficient, depthCoefficient, resolution, dropoutRate }),
);
