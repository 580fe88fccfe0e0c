import { EfficientNetError } from "@efficientnet/errors";
import type { FetchWeights } from "./weights-source.js";

/** Weights of a page: `hf:owner/name`, or any other text is an address, relative to the page. */
export const weightsFromPage: FetchWeights = async (source, options) => {
  const { downloadWeights } = await import("@efficientnet/weights/download");
  const text = String(source);
  return downloadWeights(/^hf:/i.test(text) ? text : { kind: "url", url: absolute(text) }, options);
};

/** Published weights by their name. */
export const publishedFromPage: FetchWeights = async (name, options) =>
  (await import("@efficientnet/weights/download")).downloadWeights(String(name), options);

function absolute(address: string): string {
  try {
    return new URL(address, globalThis.location?.href).href;
  } catch (cause) {
    throw new EfficientNetError("invalid-argument", `"${address}" is no address`, {
      expected: "https://..., or in a page an address relative to it",
      cause,
    });
  }
}
