import { EfficientNetError } from "@efficientnet/errors";
import { type Checkpoint, type CheckpointFiles, readCheckpoint } from "@efficientnet/weights";
import type { DownloadOptions } from "@efficientnet/weights/download";

/**
 * Where weights are: an address, in Node also a path; the bytes of a checkpoint, or of its files by name; a Blob, or
 * the files that a page was given; a checkpoint that was read already; or a seed for untrained ones.
 */
export type WeightsSource =
  | string
  | URL
  | CheckpointFiles
  | ArrayBuffer
  | Blob
  | ArrayLike<File>
  | Checkpoint
  | { readonly seed: number };

export type FetchOptions = DownloadOptions;

/** Gets the files behind an address, or whatever else an environment understands; or opens them where they are. */
export type FetchWeights = (source: string | URL, options: FetchOptions) => Promise<CheckpointFiles | Checkpoint>;

/**
 * The checkpoint behind any source.
 *
 * @throws `wrong-file` when the bytes are none; `aborted`.
 */
export async function readWeights(
  source: WeightsSource,
  fetchWeights: FetchWeights,
  options: FetchOptions,
): Promise<Checkpoint | { readonly seed: number }> {
  if (isReady(source)) return source;
  const files = await filesOf(source, fetchWeights, options);
  if (options.signal?.aborted) {
    throw new EfficientNetError("aborted", "loading was aborted", { cause: options.signal.reason });
  }
  return isReady(files) ? files : readCheckpoint(files);
}

async function filesOf(
  source: Exclude<WeightsSource, Checkpoint | { readonly seed: number }>,
  fetchWeights: FetchWeights,
  options: FetchOptions,
): Promise<CheckpointFiles | Checkpoint> {
  if (typeof source === "string" || source instanceof URL) return fetchWeights(source, options);
  if (source instanceof Uint8Array || isMap(source)) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return bytesOf(source);
  const [first, ...others] = Array.from(source);
  if (first !== undefined && others.length === 0) return bytesOf(first);
  return new Map(await Promise.all(Array.from(source, async (file) => [file.name, await bytesOf(file)] as const)));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function isMap(source: object): source is ReadonlyMap<string, Uint8Array> {
  return source instanceof Map;
}

function isReady<T>(source: T): source is Extract<T, Checkpoint | { readonly seed: number }> {
  return typeof source === "object" && source !== null && ("tensors" in source || "seed" in source);
}
