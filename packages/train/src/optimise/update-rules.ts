import { blend, rmspropStep } from "@efficientnet/kernels";
import * as tf from "@tensorflow/tfjs-core";
import type { OptimiserOf, OptimiserSpec } from "./optimiser-spec.js";

/** One tensor with its gradient and what the optimiser remembers of it. */
export interface Slotted {
  readonly value: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly slots: Readonly<Record<string, tf.Tensor>>;
  readonly learningRate: number;
  /** Steps done before this one. */
  readonly step: number;
  /** Rate of the weight that is added to the gradient. */
  readonly l2: number;
}

/** A tensor after a step, and what the optimiser remembers then; the same slots as before. */
export interface Updated {
  readonly value: tf.Tensor;
  readonly slots: Readonly<Record<string, tf.Tensor>>;
}

/** What an optimiser remembers of each tensor, with the number that fills it at first, and its step. */
export interface UpdateRule<Spec> {
  readonly slots: Readonly<Record<string, number>>;
  readonly update: (spec: Spec, now: Slotted) => Updated;
}

/** `from + share * (to - from)`. */
export const towards = (from: tf.Tensor, to: tf.Tensor, share: number): tf.Tensor =>
  blend(from, to, share) ?? tf.add(from, tf.mul(tf.sub(to, from), share));

const decayedGradient = ({ value, gradient, l2 }: Slotted): tf.Tensor =>
  l2 === 0 ? gradient : tf.add(gradient, tf.mul(value, l2));

/**
 * `meanSquare = decay * meanSquare + (1 - decay) * g^2`;
 * `moment = momentum * moment + learningRate * g / sqrt(meanSquare + epsilon)`; `w = w - moment`.
 *
 * Source: TensorFlow's `ApplyRMSProp`; EfficientNet paper, section 5.2.
 */
const rmsprop: UpdateRule<OptimiserOf<"rmsprop">> = {
  slots: { meanSquare: 1, moment: 0 },
  update({ decay, momentum, epsilon }, now) {
    const { value, slots, learningRate, l2 } = now;
    const tensors = { value, gradient: now.gradient, meanSquare: slots.meanSquare!, moment: slots.moment! };
    const numbers = { share: 1 - decay, momentum, epsilon, learningRate, decay: l2 };
    const fused = rmspropStep(tensors, numbers);
    if (fused !== undefined)
      return { value: fused.value, slots: { meanSquare: fused.meanSquare, moment: fused.moment } };
    const gradient = decayedGradient(now);
    const meanSquare = towards(slots.meanSquare!, tf.square(gradient), 1 - decay);
    const scaled = tf.mul(tf.mul(gradient, learningRate), tf.rsqrt(tf.add(meanSquare, epsilon)));
    const moment = tf.add(tf.mul(slots.moment!, momentum), scaled);
    return { value: tf.sub(value, moment), slots: { meanSquare, moment } };
  },
};

/** `moment = momentum * moment + g`; `w = w - learningRate * (nesterov ? g + momentum * moment : moment)`. */
const sgd: UpdateRule<OptimiserOf<"sgd">> = {
  slots: { moment: 0 },
  update({ momentum, nesterov }, now) {
    const { value, slots, learningRate } = now;
    const gradient = decayedGradient(now);
    const moment = tf.add(tf.mul(slots.moment!, momentum), gradient);
    const ahead = nesterov ? tf.add(gradient, tf.mul(moment, momentum)) : moment;
    return { value: tf.sub(value, tf.mul(ahead, learningRate)), slots: { moment } };
  },
};

/**
 * `mean = beta1 * mean + (1 - beta1) * g`; `square = beta2 * square + (1 - beta2) * g^2`;
 * `w = w - learningRate * mean' / (sqrt(square') + epsilon)`, primed values divided by `1 - beta^(step + 1)`.
 *
 * Source: Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2.
 */
const adamw: UpdateRule<OptimiserOf<"adamw">> = {
  slots: { mean: 0, square: 0 },
  update({ beta1, beta2, epsilon }, now) {
    const { value, slots, learningRate, step } = now;
    const gradient = decayedGradient(now);
    const mean = towards(slots.mean!, gradient, 1 - beta1);
    const square = towards(slots.square!, tf.square(gradient), 1 - beta2);
    const root = tf.add(tf.sqrt(tf.div(square, 1 - beta2 ** (step + 1))), epsilon);
    const size = learningRate / (1 - beta1 ** (step + 1));
    return { value: tf.sub(value, tf.div(tf.mul(mean, size), root)), slots: { mean, square } };
  },
};

/**
 * `w = w - learningRate * sign(beta1 * mean + (1 - beta1) * g)`; `mean = beta2 * mean + (1 - beta2) * g`.
 *
 * Source: Chen et al. 2023, algorithm 2.
 */
const lion: UpdateRule<OptimiserOf<"lion">> = {
  slots: { mean: 0 },
  update({ beta1, beta2 }, now) {
    const { value, slots, learningRate } = now;
    const gradient = decayedGradient(now);
    const direction = tf.sign(towards(slots.mean!, gradient, 1 - beta1));
    const mean = towards(slots.mean!, gradient, 1 - beta2);
    return { value: tf.sub(value, tf.mul(direction, learningRate)), slots: { mean } };
  },
};

const RULES: { readonly [Kind in OptimiserSpec["kind"]]: UpdateRule<OptimiserOf<Kind>> } = {
  rmsprop,
  sgd,
  adamw,
  lion,
};

/** The rule of an optimiser, its numbers already in it. */
export function updateRule(spec: OptimiserSpec): {
  readonly slots: Readonly<Record<string, number>>;
  readonly update: (now: Slotted) => Updated;
} {
  const rule = RULES[spec.kind] as UpdateRule<OptimiserSpec>;
  return { slots: rule.slots, update: (now) => rule.update(spec, now) };
}
