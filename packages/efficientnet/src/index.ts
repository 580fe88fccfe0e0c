import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { type AnyLoadOptions, createLoad } from "./load.js";
import { openAnywhere } from "./open-anywhere.js";
import { createReadNetwork } from "./read-network.js";
import { publishedFromPage, weightsFromPage } from "./weights-from-page.js";

export { createEfficientNet } from "./create-efficient-net.js";
export * from "./exports.js";

/**
 * Loads a network for a page: `load("keras/EfficientNetV2B0", { weights: "/weights.safetensors" })`.
 *
 * The model is published weights (`timm/tf_efficientnetv2_s.in21k_ft_in1k`), a library's architecture
 * (`torchvision/efficientnet_b0`), a variant (`efficientnetv2-b0`) or a spec of your own. The backend is the best that
 * runs here unless named.
 *
 * @throws `unknown-name`, `wrong-file`, `weights-mismatch`, `no-backend`, `missing-peer`, `aborted`, `invalid-argument`.
 */
export const load = createLoad<PictureSource, AnyLoadOptions>({
  decode: pictureFrom,
  fetchWeights: weightsFromPage,
  fetchPublished: publishedFromPage,
  openRunner: openAnywhere,
});

/**
 * Reads a network without a device: its spec, its preprocessing, its labels, and the values of its tensors by name. What
 * training begins with.
 *
 * @throws as `load` does for names and weights.
 */
export const readNetwork = createReadNetwork({ fetchWeights: weightsFromPage, fetchPublished: publishedFromPage });
