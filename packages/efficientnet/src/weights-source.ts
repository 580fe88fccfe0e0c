import { EfficientNetError } from "@efficientnet/errors";
import { type Checkpoint, readCheckpoint } from "@efficientnet/weights";

/** Weights that are at hand: the bytes of a checkpoint, one that was read already, or a seed for untrained ones. */
export type WeightsSource = Uint8Array | ArrayBuffer | Blob | Checkpoint | { readonly seed: number };

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Fetches the bytes behind what an environment accepts besides: an address in a page, also a path in Node. */
export type ReadSource<Weights> = (source: Weights, options: ReadOptions) => Promise<Uint8Array>;

/**
 * The checkpoint behind any source.
 *
 * @throws `wrong-file` when the bytes are none; `aborted`.
 */
export async function readWeights<Weights>(
  source: Weights | WeightsSource,
  readSource: ReadSource<Weights>,
  options: ReadOptions,
): Promise<Checkpoint | { readonly seed: number }> {
  if (isReady(source)) return source;
  const bytes = await bytesOf(source, readSource, options);
  if (options.signal?.aborted) {
    throw new EfficientNetError("aborted", "loading was aborted", { cause: options.signal.reason });
  }
  return readCheckpoint(bytes);
}

async function bytesOf<Weights>(
  source: Weights | Uint8Array | ArrayBuffer | Blob,
  readSource: ReadSource<Weights>,
  options: ReadOptions,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  return readSource(source, options);
}

function isReady(source: unknown): source is Checkpoint | { readonly seed: number } {
  return typeof source === "object" && source !== null && ("tensors" in source || "seed" in source);
}

/**
 * The bytes at an address.
 *
 * @throws `wrong-file` when the server has none; `aborted`.
 */
export async function fetchBytes(address: string | URL, { signal }: ReadOptions): Promise<Uint8Array> {
  try {
    const response = await fetch(address, signal === undefined ? {} : { signal });
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (signal?.aborted) throw new EfficientNetError("aborted", "loading was aborted", { cause });
    throw new EfficientNetError("wrong-file", `no weights could be fetched from ${address}`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
