import type { BackendName, PreparedBackend, PrepareOptions } from "@efficientnet/backends";
import { loadParams } from "@efficientnet/model";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import type { DownloadOptions } from "@efficientnet/weights/download";
import { createEfficientNet } from "./create-efficient-net.js";
import type { DecodePicture, EfficientNet } from "./efficient-net.js";
import type { WeightsEnvironment } from "./open-weights.js";
import type { HeadOptions } from "./tensor-source.js";
import type { WeightsSource } from "./weights-source.js";

/** Share of the progress that reading has, where it takes time. */
const READING = 0.9;

export interface LoadOptions<Backend> extends HeadOptions {
  /**
   * Where the weights are, or `{ seed }` for a network that was never trained. Without it, those are downloaded that
   * the model is the name of.
   */
  readonly weights?: WeightsSource | undefined;
  readonly backend?: Backend | PreparedBackend | undefined;
  /** How pictures are prepared, where the published way is not wanted or not known. */
  readonly preprocess?: PreprocessSpec | undefined;
  /** Names of the classes in order, in place of the file's own or ImageNet's. */
  readonly labels?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** How downloads are made and where they are kept. */
  readonly download?: DownloadOptions | undefined;
  /** Where tfjs's .wasm files are, for the wasm backend in a page. */
  readonly wasmPaths?: PrepareOptions["wasmPaths"];
}

/** What differs between a page, Node, and a page that bundles one backend only. */
export interface Environment<Source, Backend> extends WeightsEnvironment {
  readonly decode: DecodePicture<Source>;
  prepare(backend: Backend | undefined, options: PrepareOptions): Promise<PreparedBackend>;
}

export interface Load<Source, Backend> {
  /** Loads the network that the weights say they are of. */
  (options: LoadOptions<Backend>): Promise<EfficientNet<Source>>;
  /** Loads the network that is named. */
  (model: string | ArchitectureSpec, options?: LoadOptions<Backend>): Promise<EfficientNet<Source>>;
}

/**
 * Makes the `load` of one environment: name and weights to spec, weights onto the backend with batch norm folded, and
 * a network that takes pictures. When anything fails nothing stays behind on the device.
 */
export function createLoad<Source, Backend = BackendName | "auto" | readonly BackendName[]>(
  environment: Environment<Source, Backend>,
): Load<Source, Backend> {
  type Options = LoadOptions<Backend>;

  async function load(model: string | ArchitectureSpec | undefined, options: Options): Promise<EfficientNet<Source>> {
    const { openWeights } = await import("./open-weights.js");
    const { onProgress } = options;
    let done = 0;
    const advance = (fraction: number) => {
      done = Math.max(done, fraction);
      onProgress?.(done);
    };
    const reading = { ...options, onProgress: (fraction: number) => advance(READING * fraction) };
    const { tensors, ...parts } = await openWeights(model, reading, environment);
    const read = done;
    // A backend that was handed in stays its owner's: disposing the network must not take it away.
    const backend = isPrepared(options.backend)
      ? { ...options.backend, dispose: () => undefined }
      : await environment.prepare(
          options.backend,
          options.wasmPaths === undefined ? {} : { wasmPaths: options.wasmPaths },
        );
    try {
      const params = await backend.guard(() =>
        loadParams(tensors.shapes, tensors.read, {
          signal: options.signal,
          onProgress: (fraction) => advance(read + (1 - read) * fraction),
        }),
      );
      return createEfficientNet({ ...parts, params, backend }, environment.decode);
    } catch (error) {
      backend.dispose();
      throw error;
    }
  }

  return (first: string | ArchitectureSpec | Options, options: Options = {}) =>
    typeof first === "string" || "stages" in first ? load(first, options) : load(undefined, first);
}

function isPrepared(backend: unknown): backend is PreparedBackend {
  return typeof backend === "object" && backend !== null && "guard" in backend;
}
