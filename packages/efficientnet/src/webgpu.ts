import type { PreparedBackend } from "@efficientnet/backends";
import { webgpu } from "@efficientnet/backends/webgpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export * from "./exports.js";

/** `load` of a page that bundles the webgpu backend and no other. */
export const load = createLoad<PictureSource, "webgpu" | PreparedBackend<"webgpu">>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  prepare: (_, options) => webgpu.prepare(options),
});
