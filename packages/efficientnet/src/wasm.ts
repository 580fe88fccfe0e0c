import type { PreparedBackend } from "@efficientnet/backends";
import { wasm } from "@efficientnet/backends/wasm";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { fetchFiles } from "./fetch-files.js";
import { createLoad } from "./load.js";

export * from "./exports.js";

/** `load` of a page that bundles the wasm backend and no other. */
export const load = createLoad<PictureSource, string | URL, "wasm" | PreparedBackend<"wasm">>({
  decode: pictureFrom,
  readSource: fetchFiles,
  prepare: (_, options) => wasm.prepare(options),
});
