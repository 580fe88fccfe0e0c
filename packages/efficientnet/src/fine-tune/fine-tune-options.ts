import type { PreparedBackend, PrepareOptions } from "@efficientnet/backends";
import type { Dataset, Evaluation, MetricsRow, SkippedPicture, TrainFrom, TrainingOptions } from "@efficientnet/train";
import type { EfficientNet } from "../efficient-net.js";
import type { AnyBackend, WeightsOptions } from "../load.js";

/** What to learn from: pictures by the name of their class, or a dataset of `@efficientnet/train`. */
export type FineTuneData<Source> = Readonly<Record<string, readonly Source[]>> | Dataset;

/** How far to go, and where. */
export interface FineTuneOptions
  extends Pick<WeightsOptions, "weights" | "preprocess" | "signal" | "onProgress" | "download"> {
  readonly backend?: AnyBackend | PreparedBackend | undefined;
  /** Where tfjs's .wasm files are, for the wasm backend in a page. */
  readonly wasmPaths?: PrepareOptions["wasmPaths"];
  /**
   * Where training begins. `classifier`, the default: the classifier alone, on embeddings that are computed once, in
   * seconds. `head`, `stages.5` and so on: from there to the end, with the statistics of batch norm as they are. null:
   * everything.
   */
  readonly trainFrom?: TrainFrom | undefined;
  /** How often every picture is seen: 40 where embeddings are kept, else 8. */
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  /** Peak learning rate of AdamW: 0.01 for a classifier alone, else 0.0005. */
  readonly learningRate?: number | undefined;
  /** Side of the images; that of the weights unless given. */
  readonly imageSize?: number | undefined;
  /** Share of each class that is held back to test with; 0.2 unless given, 0 for none. */
  readonly share?: number | undefined;
  /** What the split, the order of pictures and dropout follow from; 0 unless given. */
  readonly seed?: number | undefined;
  /** Anything else of a training, in place of what is used here. */
  readonly training?: Partial<TrainingOptions> | undefined;
  /** Sees every row of the metrics as it comes. */
  readonly onRow?: ((row: MetricsRow) => void) | undefined;
}

/** What fine-tuning came to. */
export interface FineTuned<Source> {
  /** The network with the new classes, ready to classify. */
  readonly network: EfficientNet<Source>;
  /** On the pictures that were held back; null without them. */
  readonly test: Evaluation | null;
  /** The network as a file that `load` reads with nothing else: safetensors. */
  readonly weights: Uint8Array;
  /** Pictures that could not be used, and why. */
  readonly skipped: readonly SkippedPicture[];
}
