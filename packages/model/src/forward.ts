import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { dense, dropout, type Mode } from "@efficientnet/layers";
import type { ArchitectureSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { applyPart, networkParts, type Part } from "./network-parts.js";
import { denseParams, type NetworkParams } from "./params.js";

const EVALUATION: Mode = { training: false };

/** Sees each map as it is made; returning true keeps it alive for the visitor, who then disposes it. */
export type VisitMap = (part: Part, map: tf.Tensor4D) => boolean;

/**
 * The network up to its head convolution: `[N,H,W,3] -> [N,H/32,W/32,C]`.
 *
 * Each map is released as soon as the next one stands, so memory is that of the two largest neighbours and not of
 * the whole depth.
 */
export function forwardMaps(
  spec: ArchitectureSpec,
  params: NetworkParams,
  x: tf.Tensor4D,
  mode: Mode = EVALUATION,
  visit: VisitMap = () => false,
): tf.Tensor4D {
  checkInput(x);
  const context = { mode, epsilon: spec.batchNorm.epsilon };
  let map = x;
  let owned = false;
  try {
    for (const part of networkParts(spec)) {
      const input = map;
      map = tf.tidy(() => applyPart(part, params, input, context));
      if (owned) input.dispose();
      owned = !visit(part, map);
    }
  } catch (error) {
    if (owned) map.dispose();
    throw error;
  }
  return map;
}

/** The pooled features before the classifier: the mean of the head map over H and W, `[N,H,W,3] -> [N,C]`. */
export function embedding(
  spec: ArchitectureSpec,
  params: NetworkParams,
  x: tf.Tensor4D,
  mode: Mode = EVALUATION,
): tf.Tensor2D {
  return tf.tidy(() => tf.mean(forwardMaps(spec, params, x, mode), [1, 2]));
}

/** The classifier's answer before softmax: `[N,H,W,3] -> [N,classes]`. */
export function logits(
  spec: ArchitectureSpec,
  params: NetworkParams,
  x: tf.Tensor4D,
  mode: Mode = EVALUATION,
): tf.Tensor2D {
  if (spec.head.classes === null) {
    throw new EfficientNetError("unsupported", `${spec.name} was loaded without a classifier, so it has no logits`, {
      hint: "use its embedding, or load weights that have a classifier",
    });
  }
  return tf.tidy(() => classify(spec, params, embedding(spec, params, x, mode), mode));
}

/** The classifier alone: dropout, then dense, `[N,C] -> [N,classes]`. */
export function classify(
  spec: ArchitectureSpec,
  params: NetworkParams,
  pooled: tf.Tensor2D,
  mode: Mode = EVALUATION,
): tf.Tensor2D {
  return tf.tidy(() => dense(denseParams(params, "classifier"), dropout(pooled, spec.dropoutRate, mode)));
}

function checkInput(x: tf.Tensor4D): void {
  if (x.rank === 4 && x.shape[3] === 3 && x.shape.every((size) => size > 0) && x.dtype === "float32") return;
  throw new EfficientNetError("wrong-shape", "the network takes a batch of RGB pictures", {
    expected: `${formatShape([null, null, null, 3])} float32`,
    received: `${formatShape(x.shape)} ${x.dtype}`,
  });
}
