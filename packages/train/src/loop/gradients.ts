import { type BatchStatistics, dropout, type Mode } from "@efficientnet/layers";
import type { NetworkParams } from "@efficientnet/model";
import type { ArchitectureSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorMap } from "../optimise/optimiser.js";
import { crossEntropy, crossEntropyGradient } from "./loss.js";
import { type Activations, runTrained } from "./run-parts.js";
import { CLASSIFIER, type SplitNetwork } from "./split-network.js";

/** What one forward and backward pass gives; the caller owns every tensor. */
export interface Gradients {
  readonly loss: tf.Scalar;
  readonly logits: tf.Tensor2D;
  /** By canonical name, for each tensor that is trained. */
  readonly gradients: TensorMap;
  /** Of each batch norm that normalised with its batch. */
  readonly statistics: ReadonlyMap<string, BatchStatistics>;
}

/** What is differentiated, and how. */
export interface GradientRequest {
  readonly spec: ArchitectureSpec;
  readonly split: SplitNetwork;
  readonly params: NetworkParams;
  /** What the frozen half gave, or the pictures. */
  readonly input: Activations;
  /** `[N, classes]`, smoothed. */
  readonly labels: tf.Tensor2D;
  readonly seed: number;
  readonly statistics: "batch" | "running";
}

/** Loss, logits, gradients and batch statistics of one batch. */
export function computeGradients(request: GradientRequest): Gradients {
  return request.split.trained.length === 0 ? classifierGradients(request) : tapedGradients(request);
}

function tapedGradients({ spec, split, params, input, labels, seed, statistics }: GradientRequest): Gradients {
  const collected = new Map<string, BatchStatistics>();
  const mode: Mode = {
    training: true,
    seed,
    statistics,
    onStatistics: (name, batch) => collected.set(name, batch),
  };
  let logits: tf.Tensor2D | undefined;
  try {
    const differentiate = tf.valueAndGrads((...values: tf.Tensor[]) => {
      const current = new Map([...params, ...split.names.map((name, i) => [name, values[i]!] as const)]);
      const answer = runTrained(split, spec, current, input, mode);
      logits = tf.keep(tf.clone(answer));
      return crossEntropy(answer, labels);
    });
    const { value, grads } = differentiate(split.names.map((name) => params.get(name)!));
    const gradients = new Map(split.names.map((name, i) => [name, grads[i]!]));
    return { loss: value as tf.Scalar, logits: logits!, gradients, statistics: collected };
  } catch (error) {
    releaseTape();
    disposeStatistics(collected);
    logits?.dispose();
    throw error;
  }
}

/** Softmax regression in closed form, so that any backend can train a classifier. */
function classifierGradients({ spec, params, input, labels, seed }: GradientRequest): Gradients {
  const { loss, logits, kernel, bias } = tf.tidy(() => {
    const mode: Mode = { training: true, seed, statistics: "running" };
    const x = dropout(input as tf.Tensor2D, spec.dropoutRate, mode);
    const answer = tf.add(tf.matMul(x, params.get(`${CLASSIFIER}.kernel`)!), params.get(`${CLASSIFIER}.bias`)!);
    const slope = crossEntropyGradient(answer as tf.Tensor2D, labels);
    return {
      loss: crossEntropy(answer as tf.Tensor2D, labels),
      logits: answer as tf.Tensor2D,
      kernel: tf.matMul(x, slope, true),
      bias: tf.sum(slope, 0),
    };
  });
  const gradients = new Map<string, tf.Tensor>([
    [`${CLASSIFIER}.kernel`, kernel],
    [`${CLASSIFIER}.bias`, bias],
  ]);
  return { loss, logits, gradients, statistics: new Map() };
}

/** What a pass that failed in the middle has kept for its way back. */
function releaseTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth !== 0) return;
  for (const node of state.activeTape ?? []) tf.dispose(node.saved ?? []);
  state.activeTape = [];
}

/** Frees batch statistics. */
function disposeStatistics(statistics: ReadonlyMap<string, BatchStatistics>): void {
  for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance]);
}

/** Frees all that a pass gave. */
export function disposeGradients({ loss, logits, gradients, statistics }: Gradients): void {
  tf.dispose([loss, logits, ...gradients.values()]);
  disposeStatistics(statistics);
}
