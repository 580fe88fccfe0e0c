import type { PreparedBackend } from "@efficientnet/backends";
import { webgpu } from "@efficientnet/backends/webgpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { fetchFiles } from "./fetch-files.js";
import { createLoad } from "./load.js";

export * from "./exports.js";

/** `load` of a page that bundles the webgpu backend and no other. */
export const load = createLoad<PictureSource, string | URL, "webgpu" | PreparedBackend<"webgpu">>({
  decode: pictureFrom,
  readSource: fetchFiles,
  prepare: (_, options) => webgpu.prepare(options),
});
