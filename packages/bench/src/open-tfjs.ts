import { type PrepareOptions, prepareBackend } from "@efficientnet/backends";
import { disposeParams, loadParams, logits } from "@efficientnet/model";
import { tensorShapes } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import type { Contestant } from "./contestant.js";
import type { TfjsEngine } from "./engine.js";
import { stockLogits } from "./stock-network.js";
import { foldedTensors, inputOf, inputShape, readerOf, specOf, type Task } from "./task.js";

const NETWORKS = { model: logits, tfjs: stockLogits } as const;

/** Ours or stock tfjs, on a tfjs backend of this process or page. */
export async function openTfjs(engine: TfjsEngine, task: Task, options: PrepareOptions = {}): Promise<Contestant> {
  const backend = await prepareBackend(engine.backend, options);
  const spec = specOf(task);
  const network = NETWORKS[engine.kind];
  const { shapes, read } =
    engine.batchNorm === "folded" ? foldedTensors(task) : { shapes: tensorShapes(spec), read: readerOf(task) };
  const params = await loadParams(shapes, read);
  const input = inputOf(task);
  return {
    description: `tfjs ${tf.version_core}, ${backend.description}`,
    async run() {
      const result = tf.tidy(() => network(spec, params, tf.tensor4d(input, inputShape(task))));
      try {
        return (await result.data()) as Float32Array;
      } finally {
        result.dispose();
      }
    },
    async close() {
      disposeParams(params);
      backend.dispose();
    },
  };
}
