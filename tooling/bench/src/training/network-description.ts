import { expandBlocks } from "@efficientnet/specs";
import { trainedSpec } from "./trained-spec.js";

/** What run_step.py builds the same network from. */
export function networkDescription(model: string): string {
  const spec = trainedSpec(model);
  const { stem, head, batchNorm } = spec;
  return JSON.stringify({
    blocks: expandBlocks(spec),
    stem: stem.channels,
    head: head.channels,
    classes: head.classes,
    epsilon: batchNorm.epsilon,
  });
}
