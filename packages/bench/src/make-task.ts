import { calibrateStatistics, disposeParams, loadParams } from "@efficientnet/model";
import { tensorShapes } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { inputOf, inputShape, readerOf, specOf, type Task } from "./task.js";

/** Two pictures give every channel statistics enough, and cost little beside what is measured. */
const CALIBRATION_BATCH = 2;

/**
 * A task whose batch-norm statistics are those of the network's own maps. Without them maps of random weights grow
 * or vanish from block to block, and contestants would differ by rounding alone.
 */
export async function makeTask(asked: Omit<Task, "statistics">): Promise<Task> {
  const spec = specOf(asked);
  const params = await loadParams(tensorShapes(spec), readerOf({ ...asked, statistics: {} }));
  const pictures = { batch: CALIBRATION_BATCH, size: asked.size, seed: asked.seed + 1 };
  const x = tf.tensor4d(inputOf(pictures), inputShape(pictures));
  const calibrated = calibrateStatistics(spec, params, x);
  const made = [...calibrated].filter(([name, tensor]) => params.get(name) !== tensor);
  const statistics: Record<string, Float32Array> = {};
  for (const [name, tensor] of made) {
    statistics[name] = Float32Array.from(await tensor.data());
    tensor.dispose();
  }
  x.dispose();
  disposeParams(params);
  return { ...asked, statistics };
}
