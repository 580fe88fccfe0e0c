import type { BlockSpec } from "./types.js";

/** An operator as the papers print it: `MBConv6, k5x5, SE0.25` or `Fused-MBConv4, k3x3`. */
export type Operator =
  `${"" | "Fused-"}MBConv${number}, ${"k3x3" | "k5x5" | "k7x7"}${"" | ", no skip"}${"" | `, SE${number}`}`;

/** One row of a paper's table: operator, stride, output channels, layers. */
export type StageRow = readonly [operator: Operator, stride: 1 | 2, channels: number, layers: number];

/**
 * The stages that a table stands for; each row computes with the width of the row before it, the first with
 * `inChannels`. A Fused-MBConv1 is one convolution, as released, unless it is to keep its 1x1.
 */
export function readStageTable(
  inChannels: number,
  rows: readonly StageRow[],
  { keep1x1 = false }: { readonly keep1x1?: boolean } = {},
): readonly BlockSpec[] {
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
      : { block: "fused-mbconv", ...fields, projection: keep1x1 || expandRatio !== 1 };
  });
}
