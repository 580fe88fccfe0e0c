import type { PreparedBackend } from "@efficientnet/backends";
import { webgpu } from "@efficientnet/backends/webgpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad, type LoadOptions } from "./load.js";
import { onTfjs } from "./tfjs-runner.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export { createEfficientNet } from "./create-efficient-net.js";
export * from "./exports.js";

/** `load` of a page that bundles the webgpu backend and no other. */
export const load = createLoad<PictureSource, LoadOptions<"webgpu" | PreparedBackend<"webgpu">>>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  openRunner: onTfjs<"webgpu" | PreparedBackend<"webgpu">>((_, options) => webgpu.prepare(options)),
});
