import type { PreparedBackend } from "@efficientnet/backends";
import { cpu } from "@efficientnet/backends/cpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad, type LoadOptions } from "./load.js";
import { onTfjs } from "./tfjs-runner.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export { createEfficientNet } from "./create-efficient-net.js";
export * from "./exports.js";

/** `load` of a page that bundles the cpu backend and no other. */
export const load = createLoad<PictureSource, LoadOptions<"cpu" | PreparedBackend<"cpu">>>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  openRunner: onTfjs<"cpu" | PreparedBackend<"cpu">>((_, options) => cpu.prepare(options)),
});
