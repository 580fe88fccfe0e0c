import type { PreparedBackend } from "@efficientnet/backends";
import { webgl } from "@efficientnet/backends/webgl";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad, type LoadOptions } from "./load.js";
import { onTfjs } from "./tfjs-runner.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export { createEfficientNet } from "./create-efficient-net.js";
export * from "./exports.js";

/** `load` of a page that bundles the webgl backend and no other. */
export const load = createLoad<PictureSource, LoadOptions<"webgl" | PreparedBackend<"webgl">>>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  openRunner: onTfjs<"webgl" | PreparedBackend<"webgl">>((_, options) => webgl.prepare(options)),
});
