import type { PreparedBackend, PrepareOptions } from "@efficientnet/backends";
import {
  disposeParams,
  embedding,
  featurePyramid,
  foldBatchNorm,
  loadParams,
  logits,
  type NetworkParams,
} from "@efficientnet/model";
import type { ModelInput } from "@efficientnet/preprocess";
import { type ArchitectureSpec, type PreprocessSpec, tensorShapes } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import type { NetworkRunner, NetworkSource, OpenRunnerOptions } from "./network-runner.js";

/** Tensors on a backend, and what runs them. */
export interface TfjsNetwork {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly params: NetworkParams;
  readonly backend: PreparedBackend;
}

export interface TfjsOptions<Backend> extends OpenRunnerOptions {
  readonly backend?: Backend | PreparedBackend | undefined;
  readonly wasmPaths?: PrepareOptions["wasmPaths"];
}

/**
 * Opens networks on the backends that `prepare` prepares: batch norm folded, tensors moved one at a time. When that
 * fails nothing stays behind on the device.
 */
export function onTfjs<Backend>(
  prepare: (backend: Backend | undefined, options: PrepareOptions) => Promise<PreparedBackend>,
) {
  return async ({ spec, preprocess, read }: NetworkSource, options: TfjsOptions<Backend>): Promise<NetworkRunner> => {
    const tensors = foldBatchNorm(tensorShapes(spec), read, spec.batchNorm.epsilon);
    const { wasmPaths } = options;
    // A backend that was handed in stays its owner's: disposing the network must not take it away.
    const backend = isPrepared(options.backend)
      ? { ...options.backend, dispose: () => undefined }
      : await prepare(options.backend, wasmPaths === undefined ? {} : { wasmPaths });
    try {
      const params = await backend.guard(() => loadParams(tensors.shapes, tensors.read, options));
      return tfjsRunner({ spec, preprocess, params, backend });
    } catch (error) {
      backend.dispose();
      throw error;
    }
  };
}

/** A network whose tensors are on a backend already; they are disposed with it. */
export function tfjsRunner({ spec, preprocess, params, backend }: TfjsNetwork): NetworkRunner {
  function onBatch<T>({ data, shape }: ModelInput, run: (x: tf.Tensor4D) => Promise<T>): Promise<T> {
    backend.assertFits(data.byteLength, "the batch of pictures");
    return backend.guard(async () => {
      const x = tf.tensor4d(data, [...shape]);
      try {
        return await run(x);
      } finally {
        x.dispose();
      }
    });
  }

  const answer = (forward: typeof logits, input: ModelInput) =>
    onBatch(input, async (x) => {
      const result = forward(spec, params, x);
      try {
        return (await result.data()) as Float32Array;
      } finally {
        result.dispose();
      }
    });

  return {
    backend: { name: backend.name, description: backend.description },
    logits: (input) => answer(logits, input),
    embedding: (input) => answer(embedding, input),
    features: (input, levels) =>
      onBatch(input, async (x) => {
        const maps = featurePyramid(spec, params, x, levels);
        try {
          return await Promise.all(
            maps.map(async ({ map, ...where }) => ({
              ...where,
              shape: map.shape,
              data: (await map.data()) as Float32Array,
            })),
          );
        } finally {
          tf.dispose(maps.map(({ map }) => map));
        }
      }),
    async warmUp() {
      const { size } = preprocess;
      await backend.warmUp(() => tf.tidy(() => embedding(spec, params, tf.zeros([1, size, size, 3]))));
    },
    dispose() {
      disposeParams(params);
      backend.dispose();
    },
  };
}

/** A backend that its owner prepared, and not the name of one. */
export function isPrepared(backend: unknown): backend is PreparedBackend {
  return typeof backend === "object" && backend !== null && "guard" in backend;
}
