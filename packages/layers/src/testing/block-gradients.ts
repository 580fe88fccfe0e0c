import { uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import { fusedMBConv, mbConv } from "../index.js";
import { type BlockGolden, blockOf, blockParams, readTensors, timmValues } from "./block-golden.js";

/** Gradients of `sum(y * dy)` in the input, called `x`, and in every parameter by timm's name, in timm's order of axes. */
export async function blockGradients(
  name: string,
  expected: BlockGolden,
  epsilon: number,
): Promise<Record<string, readonly number[]>> {
  const block = blockOf(name, expected);
  const forward = block.kind === "mbconv" ? mbConv : fusedMBConv;
  const { shape } = expected.train.output;
  const gradients = tf.tidy(() => {
    const tensors = readTensors(expected);
    const names = ["x", ...Object.keys(expected.train.parameterGradients)];
    const x = tf.tensor4d(uniformArray(`${name}/x`, tf.util.sizeFromShape(expected.input)), expected.input);
    const dy = tf.tensor(uniformArray(`${name}/dy`, tf.util.sizeFromShape(shape)), shape);
    const loss = (...values: tf.Tensor[]) => {
      const given = { ...tensors, ...Object.fromEntries(names.map((key, i) => [key, values[i]])) };
      const params = blockParams(name, given as Record<string, tf.Tensor>);
      const mode = { training: true, seed: 1, statistics: "batch" } as const;
      return tf.sum(tf.mul(forward(params as never, values[0] as tf.Tensor4D, block, { mode, epsilon }), dy));
    };
    const found = tf.grads(loss)(names.map((key) => (key === "x" ? x : (tensors[key] as tf.Tensor))));
    return names.map((key, i) => [key, timmValues(key, found[i] as tf.Tensor)] as const);
  });
  const values = await Promise.all(gradients.map(async ([key, tensor]) => [key, [...(await tensor.data())]] as const));
  tf.dispose(gradients.map(([, tensor]) => tensor));
  return Object.fromEntries(values);
}
