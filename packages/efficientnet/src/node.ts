import { prepareBackend } from "@efficientnet/backends";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { pictureFromFile } from "@efficientnet/preprocess/node";
import { fetchFiles } from "./fetch-files.js";
import { filesFromDisk } from "./files-from-disk.js";
import { createLoad } from "./load.js";

export * from "./exports.js";
export { filesFromDisk };

/** In Node a picture may also be a path, or the bytes of a file. */
export type NodePictureSource = PictureSource | string | Uint8Array;

/** Loads a network in Node: as `load` of the root entry, and weights and pictures may be paths. The default is wasm. */
export const load = createLoad<NodePictureSource, string | URL>({
  decode: (source) =>
    typeof source === "string" || source instanceof Uint8Array ? pictureFromFile(source) : pictureFrom(source),
  readSource: (source, options) =>
    /^https?:/.test(String(source)) ? fetchFiles(source, options) : filesFromDisk(source, options),
  prepare: prepareBackend,
});
