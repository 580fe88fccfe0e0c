import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { createFineTune } from "./fine-tune/create-fine-tune.js";
import { type AnyLoadOptions, createLoad, type Environment } from "./load.js";
import { openAnywhere } from "./open-anywhere.js";
import { createReadNetwork } from "./read-network.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export { createEfficientNet } from "./create-efficient-net.js";
export * from "./exports.js";

const PAGE: Environment<PictureSource, AnyLoadOptions> = {
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  openRunner: openAnywhere,
};

/**
 * Loads a network for a page: `load("keras/EfficientNetV2B0", { weights: "/weights.safetensors" })`.
 *
 * The model is published weights (`timm/tf_efficientnetv2_s.in21k_ft_in1k`), a library's architecture
 * (`torchvision/efficientnet_b0`), a variant (`efficientnetv2-b0`) or a spec of your own. The backend is the best that
 * runs here unless named.
 *
 * @throws `unknown-name`, `wrong-file`, `weights-mismatch`, `no-backend`, `missing-peer`, `aborted`, `invalid-argument`.
 */
export const load = createLoad(PAGE);

/**
 * Reads a network without a device: its spec, its preprocessing, its labels, and the values of its tensors by name. What
 * training begins with.
 *
 * @throws as `load` does for names and weights.
 */
export const readNetwork = createReadNetwork(PAGE);

/**
 * Teaches a network classes of your own: `fineTune("timm/tf_efficientnetv2_b0.in1k", { cat: [...], dog: [...] })`, with
 * the weights as `load` takes them. Unless told, only the classifier learns, from embeddings that are computed once; it
 * works on every backend.
 *
 * @throws as `load` does; `invalid-argument` for fewer than two classes, a class without pictures, or options that
 * cannot be; `diverged` where training left the finite numbers; `aborted`.
 */
export const fineTune = createFineTune(PAGE);
