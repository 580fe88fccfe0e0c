import type { BatchStatistics } from "@efficientnet/layers";
import * as tf from "@tensorflow/tfjs-core";
import { disposeGradients, type Gradients } from "./gradients.js";

/**
 * The passes over the pieces of a batch as one: losses, gradients and statistics are means weighted by the pictures of
 * each piece, logits are joined. Each pass is freed before the next is asked for, so that one piece needs memory.
 *
 * Batch norms normalise each piece by itself, so the gradients are those of small batches, averaged.
 */
export function accumulate(pieces: readonly number[], pass: (piece: number) => Gradients): Gradients {
  const total = pieces.reduce((sum, count) => sum + count, 0);
  let joined: Gradients | undefined;
  for (const [piece, count] of pieces.entries()) {
    const next = pass(piece);
    if (count === total) return next;
    const share = count / total;
    const sum: Gradients = combine(joined, next, share);
    if (joined !== undefined) disposeGradients(joined);
    disposeGradients(next);
    joined = sum;
  }
  return joined!;
}

function combine(sum: Gradients | undefined, next: Gradients, share: number): Gradients {
  const add = <T extends tf.Tensor>(old: T | undefined, value: T): T =>
    tf.tidy(() => (old === undefined ? tf.mul(value, share) : tf.add(old, tf.mul(value, share)))) as T;
  return {
    loss: add(sum?.loss, next.loss),
    logits: sum === undefined ? tf.clone(next.logits) : tf.concat([sum.logits, next.logits], 0),
    gradients: new Map([...next.gradients].map(([name, value]) => [name, add(sum?.gradients.get(name), value)])),
    statistics: new Map(
      [...next.statistics].map(([name, { mean, variance, count }]): [string, BatchStatistics] => {
        const old = sum?.statistics.get(name);
        return [name, { mean: add(old?.mean, mean), variance: add(old?.variance, variance), count }];
      }),
    ),
  };
}
