import type { ArchitectureSpec } from "@efficientnet/specs";
import type { WeightsOptions } from "./load.js";
import type { OpenedWeights, WeightsEnvironment } from "./open-weights.js";

/** Makes the `readNetwork` of one environment. */
export function createReadNetwork(environment: WeightsEnvironment) {
  return async (model: string | ArchitectureSpec | undefined, options: WeightsOptions = {}): Promise<OpenedWeights> => {
    const { openWeights } = await import("./open-weights.js");
    return withBlankHead(await openWeights(model, options, environment));
  };
}

/**
 * The same network, whose classifier is zero where it is not the file's: what it then learns comes from the pictures
 * alone, and with a few of them random first values would outweigh that.
 */
export function withBlankHead(opened: OpenedWeights): OpenedWeights {
  if (!opened.newHead) return opened;
  return {
    ...opened,
    read: (tensor) =>
      tensor.name.startsWith("classifier.")
        ? new Float32Array(tensor.shape.reduce((product, length) => product * length, 1))
        : opened.read(tensor),
  };
}
