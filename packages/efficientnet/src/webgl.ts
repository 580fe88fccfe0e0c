import type { PreparedBackend } from "@efficientnet/backends";
import { webgl } from "@efficientnet/backends/webgl";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { fetchBytes } from "./weights-source.js";

export * from "./exports.js";

/** `load` of a page that bundles the webgl backend and no other. */
export const load = createLoad<PictureSource, string | URL, "webgl" | PreparedBackend<"webgl">>({
  decode: pictureFrom,
  readSource: fetchBytes,
  prepare: (_, options) => webgl.prepare(options),
});
