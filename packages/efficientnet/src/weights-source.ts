import { EfficientNetError } from "@efficientnet/errors";
import { type Checkpoint, type CheckpointFiles, readCheckpoint } from "@efficientnet/weights";

/**
 * Weights that are at hand: the bytes of a checkpoint, or of its files by name; a Blob, or the files that a page was
 * given; a checkpoint that was read already; or a seed for untrained ones.
 */
export type WeightsSource =
  | CheckpointFiles
  | ArrayBuffer
  | Blob
  | ArrayLike<File>
  | Checkpoint
  | { readonly seed: number };

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Fetches the files behind what an environment accepts besides: an address in a page, also a path in Node. */
export type ReadSource<Weights> = (source: Weights, options: ReadOptions) => Promise<CheckpointFiles>;

/**
 * The checkpoint behind any source.
 *
 * @throws `wrong-file` when the bytes are none; `aborted`.
 */
export async function readWeights<Weights extends string | URL>(
  source: Weights | WeightsSource,
  readSource: ReadSource<Weights>,
  options: ReadOptions,
): Promise<Checkpoint | { readonly seed: number }> {
  if (isReady(source)) return source;
  const files = await filesOf(source, readSource, options);
  if (options.signal?.aborted) {
    throw new EfficientNetError("aborted", "loading was aborted", { cause: options.signal.reason });
  }
  return readCheckpoint(files);
}

async function filesOf<Weights extends string | URL>(
  source: Weights | CheckpointFiles | ArrayBuffer | Blob | ArrayLike<File>,
  readSource: ReadSource<Weights>,
  options: ReadOptions,
): Promise<CheckpointFiles> {
  if (source instanceof Uint8Array || source instanceof Map) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return bytesOf(source);
  if (!isFiles(source)) return readSource(source as Weights, options);
  const [first, ...others] = Array.from(source);
  if (first !== undefined && others.length === 0) return bytesOf(first);
  return new Map(await Promise.all(Array.from(source, async (file) => [file.name, await bytesOf(file)] as const)));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** A FileList is no array. */
function isFiles(source: unknown): source is ArrayLike<File> {
  return typeof source === "object" && source !== null && "length" in source;
}

function isReady(source: unknown): source is Checkpoint | { readonly seed: number } {
  return typeof source === "object" && source !== null && ("tensors" in source || "seed" in source);
}
