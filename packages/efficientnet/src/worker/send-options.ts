import { EfficientNetError } from "@efficientnet/errors";
import type { DownloadOptions } from "@efficientnet/weights/download";
import type { WasmLoadOptions } from "../wasm-load-options.js";

/** What a worker client's `load` takes. */
export interface WorkerLoadOptions extends WasmLoadOptions {
  /** Hands over the bytes of the weights in place of a copy; the caller's arrays are empty afterwards. */
  readonly transfer?: boolean | undefined;
}

/** Signal and progress go other ways; all else must be data. */
export function sendableOptions({
  signal: _,
  onProgress: __,
  transfer: ___,
  ...options
}: WorkerLoadOptions): WasmLoadOptions {
  const { weights, download } = options;
  return {
    ...options,
    ...(weights === undefined ? {} : { weights: sendableWeights(weights) }),
    ...(download === undefined ? {} : { download: sendableDownload(download) }),
  };
}

type Weights = NonNullable<WasmLoadOptions["weights"]>;

function sendableWeights(weights: Weights): Weights {
  if (typeof weights === "string") return /^hf:/i.test(weights) ? weights : absolute(weights);
  if (weights instanceof URL) return weights.href;
  if ("tensors" in weights) {
    throw new EfficientNetError("invalid-argument", "a checkpoint that is open here cannot be sent to a worker", {
      expected: "an address, the bytes of its files, or a Blob",
    });
  }
  const isList = "length" in weights && !(weights instanceof Uint8Array);
  // A page's FileList keeps its files in a copy as an array.
  return isList ? Array.from(weights as ArrayLike<File>) : weights;
}

/** A worker has an address of its own, which relative ones are not meant from. */
function absolute(address: string): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  return base !== undefined && URL.canParse(address, base) ? new URL(address, base).href : address;
}

function sendableDownload(download: DownloadOptions): DownloadOptions {
  const { signal: _, onProgress: __, onWarning: ___, fetch, ...data } = download;
  const cacheIsCode = data.cache !== undefined && data.cache !== null;
  if (fetch === undefined && !cacheIsCode) return data;
  throw new EfficientNetError("invalid-argument", `download.${fetch === undefined ? "cache" : "fetch"} is code`, {
    expected: "data, since it is sent to a worker",
    hint: "download here, and pass the bytes as weights",
  });
}
