import type { BlockSpec } from "./types.js";

/** An operator as the papers print it: `MBConv6, k5x5, SE0.25` or `Fused-MBConv4, k3x3`. */
export type Operator =
  `${"" | "Fused-"}MBConv${number}, ${"k3x3" | "k5x5" | "k7x7"}${"" | ", no skip"}${"" | `, SE${number}`}`;

/** One row of a paper's table: operator, stride, output channels, layers. */
export type StageRow = readonly [operator: Operator, stride: 1 | 2, channels: number, layers: number];

interface StageTable {
  /** Width that the first row's expansion and squeeze are computed from. */
  readonly inChannels: number;
  readonly rows: readonly StageRow[];
  /** Does a Fused-MBConv1 keep its 1x1 convolution? The released V2 drops it. */
  readonly fusedProjection?: boolean;
}

/** The stages that a table stands for; each row takes the width of the row before it. */
export function readStageTable({ inChannels, rows, fusedProjection = false }: StageTable): readonly BlockSpec[] {
  return rows.map(([operator, stride, outChannels, repeats], row) => {
    const [, fused, expand, kernel, noSkip, ratio] =
      /^(Fused-)?MBConv(\d+), k(\d)x\d(, no skip)?(?:, SE([\d.]+))?$/.exec(operator) ?? [];
    const expandRatio = Number(expand);
    const fields = {
      kernelSize: Number(kernel),
      stride,
      expandRatio,
      inChannels: rows[row - 1]?.[2] ?? inChannels,
      outChannels,
      repeats,
      seRatio: Number(ratio ?? 0),
      skip: noSkip === undefined,
    };
    return fused === undefined
      ? { block: "mbconv", ...fields }
      : { block: "fused-mbconv", ...fields, projection: fusedProjection || expandRatio !== 1 };
  });
}
