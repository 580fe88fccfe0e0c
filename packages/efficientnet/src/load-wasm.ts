import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { openEngine } from "./engine-runner.js";
import { createLoad } from "./load.js";
import type { WasmLoadOptions } from "./wasm-load-options.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

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
