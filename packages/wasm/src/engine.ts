import type { KernelBuild } from "./kernel-build.js";

/** An answer: its values and its shape, whose first axis is the number of examples. */
export interface EngineOutput {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface RunOptions {
  /** Checked before each part of the batch. */
  readonly signal?: AbortSignal | undefined;
}

/** A network in the memory of a WebAssembly instance, ready to run. */
export interface Engine {
  readonly build: KernelBuild;
  readonly threads: number;
  /** Why it runs with so many threads. */
  readonly threadsReason: string;
  /** Bytes of its memory. */
  readonly memoryBytes: number;
  /**
   * Runs any number of examples, `[N,H,W,3]` row by row, in parts of the plan's batch. The same example gives the same
   * bits whatever stands beside it and however many threads there are.
   *
   * @returns The plan's outputs by name, in arrays of their own.
   * @throws `wrong-shape` unless `input` holds a positive number of whole examples; `disposed`; `aborted`;
   * `backend-failed` when a thread has died.
   */
  run(input: Float32Array, options?: RunOptions): Promise<Readonly<Record<string, EngineOutput>>>;
  /** Stops the threads and lets go of the memory. */
  dispose(): void;
}
