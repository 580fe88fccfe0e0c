import type { ArchitectureSpec } from "@efficientnet/specs";
import type { AnyLoadOptions, Environment } from "../load.js";
import type { FineTuneData, FineTuned, FineTuneOptions } from "./fine-tune-options.js";

/** Makes the `fineTune` of one environment; what trains is imported when it is called. */
export function createFineTune<Source>(environment: Environment<Source, AnyLoadOptions>) {
  return async (
    model: string | ArchitectureSpec,
    data: FineTuneData<Source>,
    options: FineTuneOptions = {},
  ): Promise<FineTuned<Source>> => {
    const { runFineTune } = await import("./run-fine-tune.js");
    return runFineTune(model, data, options, environment);
  };
}
