import type { PreparedBackend } from "@efficientnet/backends";
import { wasm } from "@efficientnet/backends/wasm";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export * from "./exports.js";

/** `load` of a page that bundles the wasm backend and no other. */
export const load = createLoad<PictureSource, "wasm" | PreparedBackend<"wasm">>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  prepare: (_, options) => wasm.prepare(options),
});
