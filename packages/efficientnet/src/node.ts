import { readFile } from "node:fs/promises";
import { prepareBackend } from "@efficientnet/backends";
import { EfficientNetError } from "@efficientnet/errors";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { pictureFromFile } from "@efficientnet/preprocess/node";
import { createLoad } from "./load.js";
import { fetchBytes, type ReadOptions } from "./weights-source.js";

export * from "./exports.js";

/** In Node a picture may also be a path, or the bytes of a file. */
export type NodePictureSource = PictureSource | string | Uint8Array;

/** Loads a network in Node: as `load` of the root entry, and weights and pictures may be paths. The default is wasm. */
export const load = createLoad<NodePictureSource, string | URL>({
  decode: (source) =>
    typeof source === "string" || source instanceof Uint8Array ? pictureFromFile(source) : pictureFrom(source),
  readSource: readFileOrFetch,
  prepare: prepareBackend,
});

async function readFileOrFetch(source: string | URL, options: ReadOptions): Promise<Uint8Array> {
  if (/^https?:/.test(String(source))) return fetchBytes(source, options);
  try {
    return await readFile(source, { signal: options.signal });
  } catch (cause) {
    if (options.signal?.aborted) throw new EfficientNetError("aborted", "loading was aborted", { cause });
    throw new EfficientNetError("wrong-file", `the weights file ${source} cannot be read`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
