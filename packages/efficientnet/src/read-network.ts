import type { ArchitectureSpec } from "@efficientnet/specs";
import type { WeightsOptions } from "./load.js";
import type { OpenedWeights, WeightsEnvironment } from "./open-weights.js";

/** Makes the `readNetwork` of one environment. */
export function createReadNetwork(environment: WeightsEnvironment) {
  return async (model: string | ArchitectureSpec | undefined, options: WeightsOptions = {}): Promise<OpenedWeights> => {
    const { openWeights } = await import("./open-weights.js");
    return openWeights(model, options, environment);
  };
}
