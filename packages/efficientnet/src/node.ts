import { decodeInNode, type NodePictureSource } from "./decode-in-node.js";
import { createFineTune } from "./fine-tune/create-fine-tune.js";
import { type AnyLoadOptions, createLoad, type Environment } from "./load.js";
import { openAnywhere } from "./open-anywhere.js";
import { createReadNetwork } from "./read-network.js";
import { openWeightsFiles, readWeightsFiles } from "./weights-from-node.js";

export { createEfficientNet } from "./create-efficient-net.js";
export * from "./exports.js";
export { publishedName } from "./published-name.js";
export { type NodePictureSource, readWeightsFiles };

const NODE: Environment<NodePictureSource, AnyLoadOptions> = {
  decode: decodeInNode,
  fetchWeights: openWeightsFiles,
  fetchPublished: readWeightsFiles,
  openRunner: openAnywhere,
};

/** Loads a network in Node: as `load` of the root entry, and weights and pictures may be paths. The default is wasm. */
export const load = createLoad(NODE);

/** Reads a network in Node without a device: as `readNetwork` of the root entry, and weights may be paths. */
export const readNetwork = createReadNetwork(NODE);

/** Teaches a network classes of your own, in Node: as `fineTune` of the root entry, and pictures may be paths. */
export const fineTune = createFineTune(NODE);
