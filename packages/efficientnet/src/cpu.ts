import type { PreparedBackend } from "@efficientnet/backends";
import { cpu } from "@efficientnet/backends/cpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { fetchFiles } from "./fetch-files.js";
import { createLoad } from "./load.js";

export * from "./exports.js";

/** `load` of a page that bundles the cpu backend and no other. */
export const load = createLoad<PictureSource, string | URL, "cpu" | PreparedBackend<"cpu">>({
  decode: pictureFrom,
  readSource: fetchFiles,
  prepare: (_, options) => cpu.prepare(options),
});
