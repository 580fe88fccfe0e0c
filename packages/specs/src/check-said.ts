import { EfficientNetError } from "@efficientnet/errors";
import type { BlockSpec } from "./types.js";

/**
 * Throws `unsupported` unless a block string, parsed again, says everything that the stage says: a format is the
 * inverse of its parser or it is an error.
 */
export function checkSaid(block: string, stage: BlockSpec, parsed: Partial<BlockSpec>): void {
  const said: Readonly<Record<string, unknown>> = parsed;
  for (const [field, value] of Object.entries(stage)) {
    // No experts and 0 experts are the same.
    if ((value || undefined) === (said[field] || undefined)) continue;
    throw new EfficientNetError("unsupported", `${field} ${value} cannot be said in "${block}"`);
  }
}
