import { getSpec, tensorShapes } from "@efficientnet/specs";
import { expectNoLeaks } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import {
  averageDecay,
  clipByGlobalNorm,
  createOptimiser,
  decayedNames,
  EFFICIENTNET_LEARNING_RATE,
  EFFICIENTNET_RMSPROP,
  globalNorm,
  type LearningRateShape,
  learningRateFactor,
  type OptimiserSpec,
  type TensorMap,
  updateAverage,
  type WeightDecay,
} from "../index.js";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Two steps of one weight that starts at 1, with gradients of 0.5 and -0.25, at a learning rate of 0.1. */
function twoSteps(spec: OptimiserSpec, decay?: WeightDecay): number[] {
  const optimiser = createOptimiser(spec, decay);
  return tf.tidy(() => {
    let params: TensorMap = new Map([["w", tf.tensor1d([1])]]);
    let slots = optimiser.init(params);
    return [0.5, -0.25].map((gradient, step) => {
      const gradients = new Map([["w", tf.tensor1d([gradient])]]);
      ({ params, slots } = optimiser.update({ params, gradients, slots, learningRate: 0.1, step }));
      return params.get("w")!.dataSync()[0]!;
    });
  });
}

// Worked out by hand, in double precision.
const rmsprop = () => {
  let [square, moment, w] = [1, 0, 1];
  return [0.5, -0.25].map((g) => {
    square = 0.9 * square + 0.1 * g * g;
    moment = 0.9 * moment + (0.1 * g) / Math.sqrt(square + 1e-3);
    w -= moment;
    return w;
  });
};

describe("an optimiser", () => {
  it.each<[string, OptimiserSpec, readonly number[]]>([
    ["rmsprop in TensorFlow's form", EFFICIENTNET_RMSPROP, rmsprop()],
    ["plain descent", { kind: "sgd", momentum: 0, nesterov: false }, [0.95, 0.975]],
    // moments 0.5 and 0.2
    ["momentum", { kind: "sgd", momentum: 0.9, nesterov: false }, [0.95, 0.93]],
    // 0.5 + 0.45 = 0.95, then -0.25 + 0.9 * 0.2 = -0.07
    ["nesterov", { kind: "sgd", momentum: 0.9, nesterov: true }, [0.905, 0.912]],
    // the first step is the learning rate, whatever the gradient; then mean 0.02 / 0.19, square 0.00031225 / 0.001999
    [
      "adamw",
      { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      [0.9, 0.9 - (0.1 * (0.02 / 0.19)) / Math.sqrt((0.999 * 0.00025 + 0.001 * 0.0625) / (1 - 0.999 ** 2))],
    ],
    // sign(0.05) is 1; 0.9 * 0.005 - 0.025 is negative
    ["lion", { kind: "lion", beta1: 0.9, beta2: 0.99 }, [0.9, 1]],
  ])("does %s", (_, spec, expected) => {
    const actual = twoSteps(spec);
    for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6);
  });

  it("decays the gradient or, decoupled, the weight", () => {
    const plain: OptimiserSpec = { kind: "sgd", momentum: 0, nesterov: false };
    const [l2] = twoSteps(plain, { form: "l2", rate: 0.2 });
    const [decoupled] = twoSteps(plain, { form: "decoupled", rate: 0.2 });
    expect(l2).toBeCloseTo(1 - 0.1 * (0.5 + 0.2), 6);
    expect(decoupled).toBeCloseTo(1 - 0.1 * 0.2 - 0.1 * 0.5, 6);
    const adam: OptimiserSpec = { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    expect(twoSteps(adam, { form: "decoupled", rate: 0.2 })[0]).toBeCloseTo(0.98 - 0.1, 6);
  });

  it("decays kernels and spares biases, gamma and beta", () => {
    const spec = getSpec("efficientnet-b0");
    const decayed = decayedNames(spec);
    for (const { name, role } of tensorShapes(spec)) expect(decayed.has(name)).toBe(role.endsWith("kernel"));
    const optimiser = createOptimiser({ kind: "sgd", momentum: 0, nesterov: false }, { form: "l2", rate: 1 }, (name) =>
      name.startsWith("k"),
    );
    const params = new Map([
      ["k", tf.scalar(1)],
      ["b", tf.scalar(1)],
    ]);
    const gradients = new Map([
      ["k", tf.scalar(0)],
      ["b", tf.scalar(0)],
    ]);
    const after = optimiser.update({ params, gradients, slots: optimiser.init(params), learningRate: 0.5, step: 0 });
    expect([...after.params.values()].map((tensor) => tensor.dataSync()[0])).toEqual([0.5, 1]);
  });

  it.each<OptimiserSpec>([
    EFFICIENTNET_RMSPROP,
    { kind: "sgd", momentum: 0.9, nesterov: true },
    { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    { kind: "lion", beta1: 0.9, beta2: 0.99 },
  ])("$kind makes nothing but what it gives", async (spec) => {
    const optimiser = createOptimiser(spec, { form: "l2", rate: 0.1 });
    const params = new Map([["w", tf.ones([3])]]);
    const release = (tensors: TensorMap) => tf.dispose([...tensors.values()]);
    await expectNoLeaks(() => optimiser.init(params), release);
    const slots = optimiser.init(params);
    await expectNoLeaks(
      () => optimiser.update({ params, gradients: params, slots, learningRate: 0.1, step: 3 }),
      (after) => {
        release(after.params);
        release(after.slots);
      },
    );
  });
});

describe("a moving average", () => {
  it("keeps its share, less while there are few steps", () => {
    const [average, value] = [new Map([["w", tf.scalar(1)]]), new Map([["w", tf.scalar(3)]])];
    expect(updateAverage(average, value, 0.75).get("w")!.dataSync()[0]).toBeCloseTo(1.5, 6);
    expect(averageDecay({ decay: 0.9999, warmUp: false }, 1)).toBe(0.9999);
    expect([1, 10, 1_000_000].map((step) => averageDecay({ decay: 0.9999, warmUp: true }, step))).toEqual([
      2 / 11,
      11 / 20,
      0.9999,
    ]);
  });
});

describe("clipping", () => {
  const gradients = () =>
    new Map<string, tf.Tensor>([
      ["a", tf.tensor1d([3, 0])],
      ["b", tf.tensor1d([0, 4])],
    ]);
  it("scales all gradients by the same, and leaves small ones", () => {
    const all = gradients();
    expect(globalNorm(all).dataSync()[0]).toBeCloseTo(5, 6);
    const clipped = clipByGlobalNorm(all, 1);
    expect(clipped.get("a")!.dataSync()[0]).toBeCloseTo(0.6, 6);
    expect(clipped.get("b")!.dataSync()[1]).toBeCloseTo(0.8, 6);
    expect([...clipByGlobalNorm(all, 10).get("b")!.dataSync()]).toEqual([0, 4]);
  });

  it("makes nothing but what it gives", async () => {
    const all = gradients();
    await expectNoLeaks(
      () => clipByGlobalNorm(all, 1),
      (clipped) => tf.dispose([...clipped.values()]),
    );
  });
});

describe("a learning rate", () => {
  it("is the released code's: up over 5 epochs, then 0.97 for every 2.4 epochs since the start", () => {
    const at = (epoch: number) => 0.256 * learningRateFactor(EFFICIENTNET_LEARNING_RATE, epoch, 350);
    expect(at(0)).toBe(0);
    expect(at(2.5)).toBeCloseTo(0.128, 9);
    expect(at(5)).toBeCloseTo(0.256 * 0.97 ** 2, 9);
    expect(at(5)).toBeCloseTo(0.2409, 4);
    expect(at(349)).toBeCloseTo(0.256 * 0.97 ** 145, 9);
  });

  it.each<[string, LearningRateShape, readonly number[]]>([
    ["constant", { kind: "constant", warmUp: 0 }, [1, 1, 1]],
    ["half a cosine after the warm-up", { kind: "cosine", floor: 0.1, warmUp: 2 }, [0, 0.55, 0.1]],
    [
      "exponential, smoothly",
      { kind: "exponential", rate: 0.25, every: 10, staircase: false, warmUp: 0 },
      [1, 0.4353, 0.25],
    ],
    ["in pieces", { kind: "piecewise", from: [5, 9], factors: [0.5, 0.1], warmUp: 0 }, [1, 0.5, 0.1]],
  ])("is %s", (_, shape, expected) => {
    for (const [i, position] of [0, 6, 10].entries()) {
      expect(learningRateFactor(shape, position, 10)).toBeCloseTo(expected[i]!, 4);
    }
  });
});
