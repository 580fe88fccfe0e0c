import * as tf from "@tensorflow/tfjs-core";
import type { FUSED } from "./fused-names.js";

/** Runs one of our kernels where the active backend has it; undefined where the caller has to compose it. */
export function runFused<T extends tf.Tensor | tf.Tensor[]>(
  name: (typeof FUSED)[keyof typeof FUSED],
  inputs: tf.NamedTensorMap,
  attributes: tf.NamedAttrMap = {},
): T | undefined {
  if (tf.getKernel(name, tf.getBackend()) === undefined) return undefined;
  return tf.engine().runKernel(name, inputs, attributes) as T;
}
