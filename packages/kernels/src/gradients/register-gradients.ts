import * as tf from "@tensorflow/tfjs-core";
import { ARITHMETIC } from "./arithmetic.js";
import { ELEMENTWISE } from "./elementwise.js";
import { FROZEN_BATCH_NORM } from "./frozen-batch-norm.js";
import { LINEAR } from "./linear.js";
import { REARRANGING } from "./rearranging.js";
import { REDUCTIONS } from "./reductions.js";

/** What the networks, their losses and their regularisers are made of. */
const GRADIENTS: readonly tf.GradConfig[] = [
  ...ARITHMETIC,
  ...ELEMENTWISE,
  ...LINEAR,
  ...REARRANGING,
  ...REDUCTIONS,
  FROZEN_BATCH_NORM,
];

/**
 * Gives tfjs-core the gradients that it comes without. One that somebody has registered already, such as tfjs-layers,
 * stays. Needs no backend and may be called again.
 */
export function registerGradients(): void {
  for (const gradient of GRADIENTS) {
    if (tf.getGradient(gradient.kernelName) === undefined) tf.registerGradient(gradient);
  }
}
