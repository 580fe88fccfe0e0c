import type { Mode } from "@efficientnet/layers";
import type { NetworkParams } from "@efficientnet/model";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorMap } from "../optimise/optimiser.js";
import { computeGradients, disposeGradients, type GradientRequest } from "./gradients.js";
import { runParts } from "./run-parts.js";

/**
 * The first thing on the way through a training step whose values are not finite, in words: the input, a parameter, the
 * map of a part, the logits, or a gradient. Undefined where all are finite.
 */
export async function nameNotFinite(request: GradientRequest): Promise<string | undefined> {
  const { split, spec, params, input, seed, statistics } = request;
  if (!(await allFinite(input))) return "the pictures";
  if (!(await allFinite(request.labels))) return "the labels";
  const parameter = await firstNotFinite(params);
  if (parameter !== undefined) return `the parameter ${parameter}`;
  const mode: Mode = {
    training: true,
    seed,
    statistics,
    onStatistics: (_, { mean, variance }) => tf.dispose([mean, variance]),
  };
  if (input.rank === 4) {
    const maps = tf.tidy(() => {
      const counts: Record<string, tf.Tensor> = {};
      runParts(split.trained, spec, params, input as tf.Tensor4D, mode, ({ name }, map) => {
        counts[name] = countNotFinite(map);
      });
      return counts;
    });
    for (const [name, count] of Object.entries(maps)) {
      if ((await take(count)) > 0) {
        tf.dispose(maps);
        return `the map of ${name}`;
      }
    }
  }
  const pass = computeGradients(request);
  try {
    if (!(await allFinite(pass.logits))) return "the logits";
    const gradient = await firstNotFinite(pass.gradients);
    return gradient === undefined ? undefined : `the gradient of ${gradient}`;
  } finally {
    disposeGradients(pass);
  }
}

/** The first tensor, in the order given, with a value that is not finite. */
async function firstNotFinite(tensors: NetworkParams | TensorMap): Promise<string | undefined> {
  for (const [name, tensor] of tensors) if (!(await allFinite(tensor))) return name;
  return undefined;
}

async function allFinite(tensor: tf.Tensor): Promise<boolean> {
  return (await take(countNotFinite(tensor))) === 0;
}

/** `x - x` is 0 for finite values and NaN for the others; every backend has the comparison. */
function countNotFinite(tensor: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.sum(tf.cast(tf.notEqual(tf.sub(tensor, tensor), 0), "float32")));
}

async function take(scalar: tf.Tensor): Promise<number> {
  const [value = 0] = await scalar.data();
  scalar.dispose();
  return value;
}
