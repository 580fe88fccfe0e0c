import type { Mode } from "@efficientnet/layers";
import { applyPart, classify, type NetworkParams, type Part } from "@efficientnet/model";
import type { ArchitectureSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import type { SplitNetwork } from "./split-network.js";

/** A map between two parts, or the pooled features before the classifier. */
export type Activations = tf.Tensor4D | tf.Tensor2D;

const EVALUATION: Mode = { training: false };

/** Runs parts one after another; without parts, what came in. Sees each map where asked to. */
export function runParts(
  parts: readonly Part[],
  spec: ArchitectureSpec,
  params: NetworkParams,
  x: tf.Tensor4D,
  mode: Mode,
  visit?: (part: Part, map: tf.Tensor4D) => void,
): tf.Tensor4D {
  const context = { mode, epsilon: spec.batchNorm.epsilon };
  return parts.reduce((input, part) => {
    const map = tf.tidy(() => applyPart(part, params, input, context));
    visit?.(part, map);
    return map;
  }, x);
}

/** The frozen half in evaluation: pictures become what the trained half takes. The caller owns the answer. */
export function runFrozen(
  { frozen, trained }: SplitNetwork,
  spec: ArchitectureSpec,
  params: NetworkParams,
  images: tf.Tensor4D,
): Activations {
  return tf.tidy(() => {
    const map = runParts(frozen, spec, params, images, EVALUATION);
    if (trained.length === 0) return tf.mean(map, [1, 2]) as tf.Tensor2D;
    return map === images ? tf.clone(images) : map;
  });
}

/** The trained half: from what the frozen half gave to logits. */
export function runTrained(
  { trained }: SplitNetwork,
  spec: ArchitectureSpec,
  params: NetworkParams,
  input: Activations,
  mode: Mode,
): tf.Tensor2D {
  if (trained.length === 0) return classify(spec, params, input as tf.Tensor2D, mode);
  const map = runParts(trained, spec, params, input as tf.Tensor4D, mode);
  return classify(spec, params, tf.mean(map, [1, 2]), mode);
}
