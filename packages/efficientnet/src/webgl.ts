import type { PreparedBackend } from "@efficientnet/backends";
import { webgl } from "@efficientnet/backends/webgl";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { fetchFiles } from "./fetch-files.js";
import { createLoad } from "./load.js";

export * from "./exports.js";

/** `load` of a page that bundles the webgl backend and no other. */
export const load = createLoad<PictureSource, string | URL, "webgl" | PreparedBackend<"webgl">>({
  decode: pictureFrom,
  readSource: fetchFiles,
  prepare: (_, options) => webgl.prepare(options),
});
