import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";

/** The release whose internals these kernels rest on. It is the last one. */
const TFJS_VERSION = "4.22.0";

/** What of tfjs's wasm backend is used: its heap and its table of tensors, neither of which is public. */
export interface TfjsWasmBackend {
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    readonly asm: Readonly<Record<string, unknown>>;
    /** Of the threaded binary, which does not export its memory but is given one. */
    readonly wasmMemory?: WebAssembly.Memory;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  disposeData(dataId: object): boolean;
}

/** The memory that tfjs's tensors lie in, and its allocator. */
export interface TfjsHeap {
  readonly memory: WebAssembly.Memory;
  /** Bytes that the caller frees. */
  allocate(bytes: number): number;
  free(address: number): void;
}

/**
 * The heap of a wasm backend.
 *
 * @throws `unsupported` for another release of tfjs, or a backend that is not built like that of 4.22.0.
 */
export function openHeap(backend: unknown): TfjsHeap {
  const { wasm } = backend as Partial<TfjsWasmBackend>;
  const exported = Object.values(wasm?.asm ?? {});
  const memory = wasm?.wasmMemory ?? exported.find((one) => one instanceof WebAssembly.Memory);
  const missing = [
    tf.version_core === TFJS_VERSION ? undefined : `tfjs-core ${TFJS_VERSION}`,
    typeof wasm?._malloc === "function" && typeof wasm._free === "function" ? undefined : "an allocator",
    memory === undefined ? "a memory" : undefined,
    typeof (backend as Partial<TfjsWasmBackend>).dataIdMap?.get === "function" ? undefined : "a table of tensors",
  ].filter((part) => part !== undefined);
  if (wasm === undefined || memory === undefined || missing.length > 0) {
    throw new EfficientNetError("unsupported", "the wasm backend is not the one that these kernels work inside of", {
      expected: `@tensorflow/tfjs-backend-wasm ${TFJS_VERSION}`,
      received: `${tf.version_core}, without ${missing.join(" and ")}`,
      hint: `install @tensorflow/tfjs-core and @tensorflow/tfjs-backend-wasm ${TFJS_VERSION}, or train on another backend`,
    });
  }
  return {
    memory,
    allocate: (bytes) => {
      // Addresses above 2 GB come back negative.
      const address = wasm._malloc(bytes) >>> 0;
      if (address !== 0) return address;
      throw new EfficientNetError("backend-failed", `the wasm backend has no room for ${bytes} more bytes`, {
        hint: "train with a smaller batch or smaller pictures",
      });
    },
    free: (address) => wasm._free(address),
  };
}
