import { readFileSync } from "node:fs";
import type { BlockGolden } from "./block-golden.js";

/** What PyTorch computes for one block in training mode and in the evaluation that follows, in float64. */
export const golden = JSON.parse(
  readFileSync(new URL("../../fixtures/train-blocks.json", import.meta.url), "utf8"),
) as {
  readonly batchNorm: { readonly epsilon: number; readonly momentumTorch: number };
  readonly blocks: Record<string, BlockGolden>;
};
