import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { type EngineOptions, openEngine } from "./engine-runner.js";
import { createLoad, type WeightsOptions } from "./load.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export * from "./exports.js";

/** What `load` takes here: no backend, since there is one, and the threads that it runs on. */
export type WasmLoadOptions = WeightsOptions & Pick<EngineOptions, "threads">;

/**
 * `load` without tfjs: networks run on kernels made for their blocks, on the CPU, on several threads where memory can
 * be shared (Node, and pages that are cross-origin isolated). CondConv networks need the root entry.
 */
export const load = createLoad<PictureSource, WasmLoadOptions>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  openRunner: openEngine,
});
