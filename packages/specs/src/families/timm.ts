import { V1_ROUNDING } from "@efficientnet/scaling";
import { scaleSpec } from "../scale-spec.js";
import { readStageTable, type StageRow } from "../stage-table.js";
import type { ArchitectureSpec } from "../types.js";
import { SMALL, v2Spec } from "./efficientnetv2.js";
import { variantsOf } from "./variants.js";

/**
 * EfficientNetV2-S as it was printed before the release: 272 channels, a 1792 head, and a first stage that keeps its 1x1
 * convolution. Source: EfficientNetV2 paper, first version, table 4; timm.
 */
const preprintRows = (): readonly StageRow[] => [...SMALL.slice(0, -1), ["MBConv6, k3x3, SE0.25", 2, 272, 15]];

const TEST = [
  ["Fused-MBConv1, k3x3", 1, 16, 1],
  ["Fused-MBConv4, k3x3", 2, 24, 1],
  ["Fused-MBConv4, k3x3", 2, 32, 1],
  ["MBConv4, k3x3, SE0.25", 2, 48, 1],
  ["MBConv4, k3x3, SE0.25", 2, 64, 1],
] as const satisfies readonly StageRow[];

/** What PyTorch trains with by default, and no dropout: timm's own nets declare none. */
const inTimm = (spec: ArchitectureSpec): ArchitectureSpec => ({
  ...spec,
  dropoutRate: 0,
  dropPathRate: 0,
  batchNorm: { epsilon: 1e-5, momentum: 0.9 },
  padding: "symmetric",
});

const small = (): ArchitectureSpec => ({ ...inTimm(v2Spec(24, SMALL)), rounding: V1_ROUNDING });

const preprint = (): ArchitectureSpec => ({
  ...small(),
  stages: readStageTable(24, preprintRows(), { keep1x1: true }),
  head: { channels: 1792, classes: 1000 },
});

const test = (): ArchitectureSpec => ({ ...inTimm(v2Spec(24, TEST)), head: { channels: 256, classes: 1000 } });

/** Base, width, depth, training and evaluation resolution. */
const VARIANTS = {
  "efficientnetv2-rw-t": [small, 0.8, 0.9, 224, 288],
  "efficientnetv2-rw-s": [preprint, 1.0, 1.0, 288, 384],
  "efficientnetv2-rw-m": [preprint, 1.2, [1.2, 1.2, 1.2, 1.2, 1.6, 1.6], 320, 416],
  "test-efficientnet": [test, 1.0, 1.0, 160, 160],
} as const;

/** Networks that exist only in timm. Source: `efficientnet.py` of timm 1.0.29. */
export const timmOnly = /* @__PURE__ */ variantsOf(
  VARIANTS,
  (name, [base, widthCoefficient, depthCoefficient, train, evaluation]) =>
    scaleSpec(base(), { name, widthCoefficient, depthCoefficient, resolution: { train, eval: evaluation } }),
);
