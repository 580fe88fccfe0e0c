import type { EngineOptions } from "./engine-runner.js";
import type { WeightsOptions } from "./load.js";

/** What `load` takes without tfjs: no backend, since there is one, and the threads that it runs on. */
export type WasmLoadOptions = WeightsOptions & Pick<EngineOptions, "threads">;
