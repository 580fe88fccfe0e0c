import { V1_ROUNDING } from "@efficientnet/scaling";
import { readStageTable, type StageRow } from "../stage-table.js";
import type { ArchitectureSpec } from "../types.js";

/**
 * What the released networks have in common, around a table of stages: a 3x3 stem of stride 2, a head of 1280 channels,
 * SiLU, TensorFlow's padding and batch norm. `inChannels` is the width that the first row computes with, where it is not
 * the stem's.
 */
export const skeleton = (
  stemChannels: number,
  rows: readonly StageRow[],
  inChannels = stemChannels,
): ArchitectureSpec => ({
  name: "unnamed",
  stem: { channels: stemChannels, kernelSize: 3, stride: 2 },
  stages: readStageTable(inChannels, rows),
  head: { channels: 1280, classes: 1000 },
  activation: "silu",
  resolution: { train: 224, eval: 224 },
  dropoutRate: 0.2,
  dropPathRate: 0.2,
  batchNorm: { epsilon: 1e-3, momentum: 0.99 },
  padding: "same",
  rounding: V1_ROUNDING,
});
