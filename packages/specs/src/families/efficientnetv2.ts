import { V2_ROUNDING } from "@efficientnet/scaling";
import { scaleSpec } from "../scale-spec.js";
import type { StageRow } from "../stage-table.js";
import type { ArchitectureSpec } from "../types.js";
import { skeleton } from "./skeleton.js";
import { variantsOf } from "./variants.js";

// The released tables, not those of the paper's first version (V2-S: 256 channels and a 1280 head, not 272 and 1792).
// operator, stride, channels, layers
/** EfficientNetV2-S, which timm's own variants scale too. */
export const SMALL = [
  ["Fused-MBConv1, k3x3", 1, 24, 2],
  ["Fused-MBConv4, k3x3", 2, 48, 4],
  ["Fused-MBConv4, k3x3", 2, 64, 4],
  ["MBConv4, k3x3, SE0.25", 2, 128, 6],
  ["MBConv6, k3x3, SE0.25", 1, 160, 9],
  ["MBConv6, k3x3, SE0.25", 2, 256, 15],
] as const satisfies readonly StageRow[];

const MEDIUM = [
  ["Fused-MBConv1, k3x3", 1, 24, 3],
  ["Fused-MBConv4, k3x3", 2, 48, 5],
  ["Fused-MBConv4, k3x3", 2, 80, 5],
  ["MBConv4, k3x3, SE0.25", 2, 160, 7],
  ["MBConv6, k3x3, SE0.25", 1, 176, 14],
  ["MBConv6, k3x3, SE0.25", 2, 304, 18],
  ["MBConv6, k3x3, SE0.25", 1, 512, 5],
] as const satisfies readonly StageRow[];

const LARGE = [
  ["Fused-MBConv1, k3x3", 1, 32, 4],
  ["Fused-MBConv4, k3x3", 2, 64, 7],
  ["Fused-MBConv4, k3x3", 2, 96, 7],
  ["MBConv4, k3x3, SE0.25", 2, 192, 10],
  ["MBConv6, k3x3, SE0.25", 1, 224, 19],
  ["MBConv6, k3x3, SE0.25", 2, 384, 25],
  ["MBConv6, k3x3, SE0.25", 1, 640, 7],
] as const satisfies readonly StageRow[];

const EXTRA_LARGE = [
  ["Fused-MBConv1, k3x3", 1, 32, 4],
  ["Fused-MBConv4, k3x3", 2, 64, 8],
  ["Fused-MBConv4, k3x3", 2, 96, 8],
  ["MBConv4, k3x3, SE0.25", 2, 192, 16],
  ["MBConv6, k3x3, SE0.25", 1, 256, 24],
  ["MBConv6, k3x3, SE0.25", 2, 512, 32],
  ["MBConv6, k3x3, SE0.25", 1, 640, 8],
] as const satisfies readonly StageRow[];

const BASE = [
  ["Fused-MBConv1, k3x3", 1, 16, 1],
  ["Fused-MBConv4, k3x3", 2, 32, 2],
  ["Fused-MBConv4, k3x3", 2, 48, 2],
  ["MBConv4, k3x3, SE0.25", 2, 96, 3],
  ["MBConv6, k3x3, SE0.25", 1, 112, 5],
  ["MBConv6, k3x3, SE0.25", 2, 192, 8],
] as const satisfies readonly StageRow[];

/** EfficientNetV2 around a table. Source: EfficientNetV2 paper, table 4; `effnetv2_configs.py` as released. */
export const v2Spec = (stemChannels: number, rows: readonly StageRow[]): ArchitectureSpec => ({
  ...skeleton(stemChannels, rows),
  batchNorm: { epsilon: 1e-3, momentum: 0.9 },
  rounding: V2_ROUNDING,
});

/** Table, stem channels, width, depth, training and evaluation resolution, dropout. */
const VARIANTS = {
  "efficientnetv2-s": [SMALL, 24, 1.0, 1.0, 300, 384, 0.2],
  "efficientnetv2-m": [MEDIUM, 24, 1.0, 1.0, 384, 480, 0.3],
  "efficientnetv2-l": [LARGE, 32, 1.0, 1.0, 384, 480, 0.4],
  "efficientnetv2-xl": [EXTRA_LARGE, 32, 1.0, 1.0, 384, 512, 0.4],
  "efficientnetv2-b0": [BASE, 32, 1.0, 1.0, 192, 224, 0.2],
  "efficientnetv2-b1": [BASE, 32, 1.0, 1.1, 192, 240, 0.2],
  "efficientnetv2-b2": [BASE, 32, 1.1, 1.2, 208, 260, 0.3],
  "efficientnetv2-b3": [BASE, 32, 1.2, 1.4, 240, 300, 0.3],
} as const;

export const efficientNetV2 = /* @__PURE__ */ variantsOf(
  VARIANTS,
  (name, [rows, stem, widthCoefficient, depthCoefficient, train, evaluation, dropoutRate]) =>
    scaleSpec(v2Spec(stem, rows), {
      name,
      widthCoefficient,
      depthCoefficient,
      resolution: { train, eval: evaluation },
      dropoutRate,
    }),
);
