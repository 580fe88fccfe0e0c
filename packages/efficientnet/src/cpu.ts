import type { PreparedBackend } from "@efficientnet/backends";
import { cpu } from "@efficientnet/backends/cpu";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createLoad } from "./load.js";
import { fetchBytes } from "./weights-source.js";

export * from "./exports.js";

/** `load` of a page that bundles the cpu backend and no other. */
export const load = createLoad<PictureSource, string | URL, "cpu" | PreparedBackend<"cpu">>({
  decode: pictureFrom,
  readSource: fetchBytes,
  prepare: (_, options) => cpu.prepare(options),
});
