import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import { throwIfAborted } from "./retry.js";
import { TarReader } from "./tar-reader.js";

export interface UnpackOptions {
  /** Bytes of all files together. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

const SLICE = 2 ** 20;
/** A graph without weights, and what macOS adds. */
const USELESS = /\.meta$|^\._/;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isTar = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(257, 262)) === "ustar";

/** A server that says "Content-Encoding: gzip" of a .tar.gz has it unpacked by the time it arrives. */
export const isArchive = (bytes: Uint8Array): boolean => isGzip(bytes) || isTar(bytes);

/**
 * The files of a .tar.gz or .tar by the last part of their paths. Of a TensorFlow checkpoint only index and data are
 * kept, and of several the one that the `checkpoint` file beside them names.
 *
 * @throws `wrong-file` for damaged archives; `unsupported` beyond the limits; `aborted`.
 */
export async function unpackArchive(
  bytes: Uint8Array,
  options: UnpackOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { maxBytes, signal } = options;
  const tar = new TarReader({ maxBytes, keep: (name) => !USELESS.test(name) });
  const stream = isGzip(bytes) ? sliced(bytes).pipeThrough(gunzip()) : sliced(bytes);
  const reader = stream.getReader();
  try {
    for (;;) {
      throwIfAborted(signal);
      const { done, value } = await reader.read();
      if (done) break;
      tar.push(value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (isEfficientNetError(cause)) throw cause;
    throw new EfficientNetError("wrong-file", "the archive cannot be unpacked", {
      received: cause instanceof Error ? cause.message : String(cause),
      hint: "it is damaged, or incomplete",
      cause,
    });
  }
  return checkpointFiles(tar.finish());
}

// The DOM's types want the chunks of a DecompressionStream to be any kind of buffer.
function gunzip(): ReadableWritablePair<Uint8Array, Uint8Array> {
  return new DecompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
}

function sliced(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.subarray(at, at + SLICE));
      at += SLICE;
    },
  });
}

function checkpointFiles(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const prefixes = [...files.keys()].filter((name) => name.endsWith(".index")).map((name) => name.slice(0, -6));
  if (prefixes.length === 0) return files;
  const list = new TextDecoder().decode(files.get("checkpoint")?.subarray(0, 4096));
  const named = /model_checkpoint_path:\s*"(?:[^"]*\/)?([^"/]+)"/.exec(list)?.[1];
  const prefix = prefixes.length === 1 ? prefixes[0] : prefixes.find((one) => one === named);
  if (prefix === undefined) {
    throw new EfficientNetError("wrong-file", "the archive holds several checkpoints and does not say which is meant", {
      received: prefixes.join(", "),
      hint: "unpack it, and pass the .index of one of them",
    });
  }
  return new Map([...files].filter(([name]) => name === `${prefix}.index` || name.startsWith(`${prefix}.data-`)));
}
