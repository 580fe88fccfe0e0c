import type { PreparedBackend } from "@efficientnet/backends";
import { cpu } from "@efficientnet/backends/cpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export * from "./exports.js";

/** `load` of a page that bundles the cpu backend and no other. */
export const load = createLoad<PictureSource, "cpu" | PreparedBackend<"cpu">>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  prepare: (_, options) => cpu.prepare(options),
});
