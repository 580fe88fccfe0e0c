import type { BackendName, PreparedBackend, PrepareOptions } from "@efficientnet/backends";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import type { DownloadOptions } from "@efficientnet/weights/download";
import type { DecodePicture, EfficientNet } from "./efficient-net.js";
import { networkOfPictures } from "./network-of-pictures.js";
import type { NetworkRunner, NetworkSource, OpenRunnerOptions } from "./network-runner.js";
import type { WeightsEnvironment } from "./open-weights.js";
import type { HeadOptions } from "./tensor-source.js";
import type { WeightsSource } from "./weights-source.js";

/** Share of the progress that reading has, where it takes time. */
const READING = 0.9;

/** What `load` takes wherever it runs. */
export interface WeightsOptions extends HeadOptions {
  /**
   * Where the weights are, or `{ seed }` for a network that was never trained. Without it, those are downloaded that
   * the model is the name of.
   */
  readonly weights?: WeightsSource | undefined;
  /** How pictures are prepared, where the published way is not wanted or not known. */
  readonly preprocess?: PreprocessSpec | undefined;
  /** Names of the classes in order, in place of the file's own or ImageNet's. */
  readonly labels?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** How downloads are made and where they are kept. */
  readonly download?: DownloadOptions | undefined;
}

/** What `load` takes where tfjs runs the network. */
export interface LoadOptions<Backend> extends WeightsOptions {
  readonly backend?: Backend | PreparedBackend | undefined;
  /** Where tfjs's .wasm files are, for the wasm backend in a page. */
  readonly wasmPaths?: PrepareOptions["wasmPaths"];
}

/** What differs between a page, Node, a page that bundles one backend only, and one without tfjs. */
export interface Environment<Source, Options> extends WeightsEnvironment {
  readonly decode: DecodePicture<Source>;
  openRunner(source: NetworkSource, options: Options & OpenRunnerOptions): Promise<NetworkRunner>;
}

export interface LoadWith<Source, Options> {
  /** Loads the network that the weights say they are of. */
  (options: Options): Promise<EfficientNet<Source>>;
  /** Loads the network that is named. */
  (model: string | ArchitectureSpec, options?: Options): Promise<EfficientNet<Source>>;
}

export type Load<Source, Backend> = LoadWith<Source, LoadOptions<Backend>>;

/**
 * Makes the `load` of one environment: name and weights to spec, weights to where the network runs, and a network that
 * takes pictures. When anything fails nothing stays behind.
 */
export function createLoad<Source, Options extends WeightsOptions = LoadOptions<AnyBackend>>(
  environment: Environment<Source, Options>,
): LoadWith<Source, Options> {
  async function load(model: string | ArchitectureSpec | undefined, options: Options): Promise<EfficientNet<Source>> {
    const { openWeights } = await import("./open-weights.js");
    const { onProgress } = options;
    let done = 0;
    const advance = (fraction: number) => {
      done = Math.max(done, fraction);
      onProgress?.(done);
    };
    const reading = { ...options, onProgress: (fraction: number) => advance(READING * fraction) };
    const opened = await openWeights(model, reading, environment);
    const read = done;
    const runner = await environment.openRunner(opened, {
      ...options,
      onProgress: (fraction: number) => advance(read + (1 - read) * fraction),
    });
    return networkOfPictures({ ...opened, runner }, environment.decode);
  }

  return (first: string | ArchitectureSpec | Options, options: Options = {} as Options) =>
    typeof first === "string" || "stages" in first ? load(first, options) : load(undefined, first);
}

/** What a page or program that has them all may ask for. */
export type AnyBackend = BackendName | "auto" | readonly BackendName[];

/** What `load` takes where every backend can be had. */
export interface AnyLoadOptions extends LoadOptions<AnyBackend> {
  /** Threads of the wasm engine; a core each, up to 4, where memory can be shared, unless told. */
  readonly threads?: number | undefined;
}
