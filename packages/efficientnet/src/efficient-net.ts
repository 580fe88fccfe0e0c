import type { PreparedBackend } from "@efficientnet/backends";
import type { LevelName, NetworkParams } from "@efficientnet/model";
import type { Picture, PixelLimit, PreprocessOptions } from "@efficientnet/preprocess";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import type { Inspection } from "./inspect.js";
import type { Prediction } from "./predictions.js";

/** A feature map read back from the device. */
export interface FeatureArray {
  readonly level: LevelName;
  /** Input pixels per map pixel. */
  readonly reduction: number;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
  readonly data: Float32Array;
}

export interface RunOptions extends PreprocessOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface BatchOptions extends RunOptions {
  /**
   * How many pictures of a list run at once; unless told, as many as have the pixels of 8 pictures of 224 x 224. It
   * bounds the memory that a list needs and changes no answer.
   */
  readonly batchSize?: number | undefined;
}

export interface ClassifyOptions extends BatchOptions {
  /** How many classes to answer with; 5 unless told. */
  readonly topK?: number | undefined;
}

export interface FeaturesOptions extends RunOptions {
  /** Levels of `featureLevels(spec)`, negative from the coarsest, or "head"; all levels unless told. */
  readonly levels?: readonly LevelName[] | undefined;
}

/** Everything that a loaded network is made of. */
export interface EfficientNetParts {
  readonly spec: ArchitectureSpec;
  /** On `backend`; disposed with the network. */
  readonly params: NetworkParams;
  readonly preprocess: PreprocessSpec;
  /** One for each class, in order; null where they are not known. */
  readonly labels: readonly string[] | null;
  readonly backend: PreparedBackend;
  /** The classifier was never trained; false unless told. */
  readonly newHead?: boolean | undefined;
}

/**
 * A loaded network. `Source` is what its pictures may come as: what a browser holds, raw pixels, and in Node a path or
 * the bytes of a file. Given a list, every method answers with a list; `classify`, `logits` and `embed` decode and run
 * it some pictures at a time (`batchSize`), and look at the signal between them.
 *
 * All methods throw `bad-image` for a picture that cannot be used, `aborted` when the signal fires, `backend-failed`
 * when the device does, and `disposed` after {@link EfficientNet.dispose}. They leave no tensors behind.
 */
export interface EfficientNet<Source> extends Disposable {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly labels: readonly string[] | null;
  /** The backend's name and one line about it. */
  readonly backend: Pick<PreparedBackend, "name" | "description">;
  /**
   * The most probable classes, best first.
   *
   * @throws `unsupported` when the network has no classifier.
   */
  classify(picture: Source, options?: ClassifyOptions): Promise<readonly Prediction[]>;
  classify(pictures: readonly Source[], options?: ClassifyOptions): Promise<readonly (readonly Prediction[])[]>;
  /** The classifier's answer before softmax, one row of `spec.head.classes` values for each picture. */
  logits(picture: Source, options?: BatchOptions): Promise<Float32Array>;
  logits(pictures: readonly Source[], options?: BatchOptions): Promise<readonly Float32Array[]>;
  /** The pooled features before the classifier, `spec.head.channels` values for each picture. */
  embed(picture: Source, options?: BatchOptions): Promise<Float32Array>;
  embed(pictures: readonly Source[], options?: BatchOptions): Promise<readonly Float32Array[]>;
  /** The feature pyramid of a picture, or of a list as one batch however long it is, read back from the device. */
  features(pictures: Source | readonly Source[], options?: FeaturesOptions): Promise<readonly FeatureArray[]>;
  /** What this network is: sizes, costs, preprocessing, backend. */
  inspect(): Inspection;
  /** Runs once on an empty picture, so that the first real answer need not wait for shaders to compile. */
  warmUp(): Promise<void>;
  /** Frees the device's memory; may be called again. */
  dispose(): void;
}

/** Turns what users pass as a picture into pixels. */
export type DecodePicture<Source> = (source: Source, limit: PixelLimit) => Promise<Picture>;
