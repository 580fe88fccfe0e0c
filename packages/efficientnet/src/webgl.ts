import type { PreparedBackend } from "@efficientnet/backends";
import { webgl } from "@efficientnet/backends/webgl";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export * from "./exports.js";

/** `load` of a page that bundles the webgl backend and no other. */
export const load = createLoad<PictureSource, "webgl" | PreparedBackend<"webgl">>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  prepare: (_, options) => webgl.prepare(options),
});
