import { silu } from "@efficientnet/kernels";
import type { Activation } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";

interface ActivationKernels {
  readonly apply: <T extends tf.Tensor>(x: T) => T;
  /** Name under which tfjs's fused kernels know it. No backend fuses SiLU. */
  readonly fused?: "relu" | "relu6";
}

const ACTIVATIONS: Record<Activation, ActivationKernels> = {
  silu: { apply: silu },
  relu: { apply: (x) => tf.relu(x), fused: "relu" },
  relu6: { apply: (x) => tf.relu6(x), fused: "relu6" },
  "hard-swish": { apply: (x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)) },
  mish: { apply: (x) => tf.mul(x, tf.tanh(tf.softplus(x))) },
};

/** Applies an activation elementwise: SiLU is `x * sigmoid(x)`, hard-swish `x * relu6(x + 3) / 6`, mish `x * tanh(softplus(x))`. */
export function activate<T extends tf.Tensor>(x: T, activation: Activation): T {
  return ACTIVATIONS[activation].apply(x);
}

/** The name of an activation in tfjs's fused convolutions, or undefined where none of them has it. */
export function fusedActivation(activation: Activation): "relu" | "relu6" | undefined {
  return ACTIVATIONS[activation].fused;
}
