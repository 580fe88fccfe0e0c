import type { PreparedBackend } from "@efficientnet/backends";
import { webgpu } from "@efficientnet/backends/webgpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { fetchBytes } from "./weights-source.js";

export * from "./exports.js";

/** `load` of a page that bundles the webgpu backend and no other. */
export const load = createLoad<PictureSource, string | URL, "webgpu" | PreparedBackend<"webgpu">>({
  decode: pictureFrom,
  readSource: fetchBytes,
  prepare: (_, options) => webgpu.prepare(options),
});
