import { prepareBackend } from "@efficientnet/backends";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { pictureFromFile } from "@efficientnet/preprocess/node";
import { createLoad } from "./load.js";
import { openWeightsFiles, readWeightsFiles } from "./weights-from-node.js";

export * from "./exports.js";
export { publishedName } from "./published-name.js";
export { readWeightsFiles };

/** In Node a picture may also be a path, or the bytes of a file. */
export type NodePictureSource = PictureSource | string | Uint8Array;

/** Loads a network in Node: as `load` of the root entry, and weights and pictures may be paths. The default is wasm. */
export const load = createLoad<NodePictureSource>({
  decode: (source) =>
    typeof source === "string" || source instanceof Uint8Array ? pictureFromFile(source) : pictureFrom(source),
  fetchWeights: openWeightsFiles,
  fetchPublished: readWeightsFiles,
  prepare: prepareBackend,
});
