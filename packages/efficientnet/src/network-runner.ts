import type { PreparedBackend } from "@efficientnet/backends";
import type { LevelName, ReadTensor } from "@efficientnet/model";
import type { ModelInput } from "@efficientnet/preprocess";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import type { FeatureArray } from "./efficient-net.js";

/**
 * A network where it can run: on a backend of tfjs, or on the engine that needs no tfjs. Prepared pictures in, numbers
 * out; nothing of the device stays with the caller.
 */
export interface NetworkRunner {
  readonly backend: Pick<PreparedBackend, "name" | "description">;
  /** The classifier's answers before softmax, row by row. */
  logits(input: ModelInput): Promise<Float32Array>;
  /** The pooled features, row by row. */
  embedding(input: ModelInput): Promise<Float32Array>;
  features(input: ModelInput, levels?: readonly LevelName[]): Promise<readonly FeatureArray[]>;
  /** Runs once on an empty picture. */
  warmUp(): Promise<void>;
  dispose(): void;
}

/** A network whose values are at hand, by canonical name and layout. */
export interface NetworkSource {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly read: ReadTensor;
}

export interface OpenRunnerOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}
