import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import {
  activate,
  batchNorm,
  condConvolve,
  convolve,
  dropout,
  type Mode,
  routeExperts,
  squeezeExcite,
  stochasticDepth,
} from "./index.js";

const EVALUATION: Mode = { training: false };
const TRAINING: Mode = { training: true, seed: 7, statistics: "batch" };

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Runs in a tidy that must leave nothing, and gives the values. */
async function valuesOf(run: () => tf.Tensor): Promise<number[]> {
  let values: number[] = [];
  await expectNoLeaks(() => {
    values = [...tf.tidy(() => run().dataSync())];
  });
  return values;
}

describe("activate", () => {
  it.each([
    ["silu", [-0.14227762, 0, 2.8577224]],
    ["relu", [0, 0, 3]],
    ["relu6", [0, 0, 3]],
    ["hard-swish", [0, 0, 3]],
    ["mish", [-0.14564743, 0, 2.9865301]],
  ] as const)("%s of -3, 0 and 3", async (name, expected) => {
    expectClose(await valuesOf(() => activate(tf.tensor1d([-3, 0, 3]), name)), expected, 1e-5);
  });

  it("relu6 stops at 6", async () => {
    expect(await valuesOf(() => activate(tf.tensor1d([7]), "relu6"))).toEqual([6]);
  });
});

describe("convolve", () => {
  // A kernel that only sees its centre shows which pixels a stride of 2 picks.
  const centre = () => tf.tensor4d([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3, 1, 1]);
  const row = (n: number) => tf.tile(tf.reshape(tf.range(0, n), [1, 1, n, 1]), [1, n, 1, 1]) as tf.Tensor4D;
  const firstRow = (values: number[], n: number) => values.slice(0, n);

  it.each([false, true])(
    "same puts the odd pixel at the end, so an even input is sampled at 1, 3 (depthwise %s)",
    async (depthwise) => {
      const options = { stride: 2, padding: "same", depthwise } as const;
      const values = await valuesOf(() => convolve({ kernel: centre() }, row(4), options));
      expect(firstRow(values, 2)).toEqual([1, 3]);
    },
  );

  it.each([false, true])(
    "symmetric pads both ends, so an even input is sampled at 0, 2 (depthwise %s)",
    async (depthwise) => {
      const options = { stride: 2, padding: "symmetric", depthwise } as const;
      const values = await valuesOf(() => convolve({ kernel: centre() }, row(4), options));
      expect(firstRow(values, 2)).toEqual([0, 2]);
    },
  );

  it("on an odd input both paddings agree", async () => {
    for (const padding of ["same", "symmetric"] as const) {
      const options = { stride: 2, padding, depthwise: false };
      const values = await valuesOf(() => convolve({ kernel: centre() }, row(5), options));
      expect(firstRow(values, 3)).toEqual([0, 2, 4]);
    }
  });

  it("adds the bias before the activation", async () => {
    const params = () => ({ kernel: centre(), bias: tf.tensor1d([-1]) });
    const options = { stride: 1, padding: "same", depthwise: false } as const;
    const values = await valuesOf(() => convolve(params(), row(3), options, "relu"));
    expect(firstRow(values, 3)).toEqual([0, 0, 1]);
  });
});

describe("batchNorm", () => {
  const params = () => ({
    gamma: tf.tensor1d([2]),
    beta: tf.tensor1d([1]),
    mean: tf.tensor1d([4]),
    variance: tf.tensor1d([9]),
  });
  const x = () => tf.tensor4d([1, 3], [1, 1, 2, 1]);

  it("uses the stored statistics in evaluation and with frozen statistics", async () => {
    for (const mode of [EVALUATION, { ...TRAINING, statistics: "running" } as const]) {
      const values = await valuesOf(() => batchNorm(params(), x(), { mode, epsilon: 0 }, "norm"));
      expectClose(values, [-1, 1 / 3], 1e-6);
    }
  });

  it("normalises with the biased variance of the batch and gives the unbiased one away", async () => {
    const received: { name: string; mean: number; variance: number; count: number }[] = [];
    const mode: Mode = {
      ...TRAINING,
      onStatistics: (name, { mean, variance, count }) => {
        received.push({ name, mean: mean.dataSync()[0] ?? 0, variance: variance.dataSync()[0] ?? 0, count });
        tf.dispose([mean, variance]);
      },
    };
    const values = await valuesOf(() => batchNorm(params(), x(), { mode, epsilon: 0 }, "stem.norm"));
    expectClose(values, [-1, 3], 1e-6);
    expect(received).toEqual([{ name: "stem.norm", mean: 2, variance: 2, count: 2 }]);
  });
});

describe("squeezeExcite", () => {
  it("scales each channel by a gate of its mean", async () => {
    const params = () => ({
      reduce: { kernel: tf.tensor4d([1, 0], [1, 1, 2, 1]), bias: tf.tensor1d([0]) },
      expand: { kernel: tf.tensor4d([1, 0], [1, 1, 1, 2]), bias: tf.tensor1d([0, 100]) },
    });
    const x = () => tf.tensor4d([1, 10, 3, 20], [1, 1, 2, 2]);
    const gate = 1 / (1 + Math.exp(-2));
    expectClose(await valuesOf(() => squeezeExcite(params(), x(), "relu")), [gate, 10, 3 * gate, 20], 1e-5);
  });
});

describe("stochasticDepth", () => {
  it("does nothing in evaluation", async () => {
    expect(await valuesOf(() => stochasticDepth(tf.ones([2, 1, 1, 1]), 0.9, EVALUATION, 0))).toEqual([1, 1]);
  });

  it("drops whole examples at its rate and keeps the expectation", async () => {
    const values = await valuesOf(() => stochasticDepth(tf.ones([4000, 1, 1, 2]), 0.25, TRAINING, 3));
    const kept = values.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.75)]));
    // Four standard deviations of a binomial with 4000 draws.
    expect(Math.abs(kept.length / 2 / 4000 - 0.75)).toBeLessThan(0.028);
    values.forEach((value, i) => {
      expect(value).toBe(values[i - (i % 2)]);
    });
  });

  it("repeats with its seed and differs between blocks", async () => {
    const draw = (salt: number) => valuesOf(() => stochasticDepth(tf.ones([64, 1, 1, 1]), 0.5, TRAINING, salt));
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
  });
});

describe("dropout", () => {
  it("drops single values in training only", async () => {
    expect(await valuesOf(() => dropout(tf.ones([8]), 0.5, EVALUATION))).toEqual(Array(8).fill(1));
    const values = await valuesOf(() => dropout(tf.ones([1000]), 0.5, TRAINING));
    expect(new Set(values)).toEqual(new Set([0, 2]));
  });
});

describe("condConvolve", () => {
  it("is a convolution with the kernel mixed for each example", async () => {
    const experts = tf.tensor(uniformArray("experts", 3 * 3 * 3 * 2 * 4), [3, 3, 3, 2, 4]);
    const x = tf.tensor4d(uniformArray("x", 2 * 5 * 5 * 2), [2, 5, 5, 2]);
    const routing = tf.tensor2d([0.2, 0.5, 1, 0, 1, 0], [2, 3]);
    const options = { stride: 2, padding: "same", depthwise: false } as const;
    const expected = tf.tidy(() => {
      const one = (n: number, shares: number[]) => {
        const kernel = tf.sum(tf.mul(experts, tf.tensor(shares, [3, 1, 1, 1, 1])), 0) as tf.Tensor4D;
        return convolve({ kernel }, tf.slice(x, [n, 0, 0, 0], [1, 5, 5, 2]), options);
      };
      return tf.concat([one(0, [0.2, 0.5, 1]), one(1, [0, 1, 0])], 0).dataSync();
    });
    expectClose(await valuesOf(() => condConvolve({ kernel: experts }, x, routing, options)), expected, 1e-5);
    tf.dispose([experts, x, routing]);
  });

  it("routes by a sigmoid, so shares need not sum to 1", async () => {
    const params = () => ({ kernel: tf.tensor2d([1, -1], [1, 2]), bias: tf.tensor1d([0, 0]) });
    const values = await valuesOf(() => routeExperts(params(), tf.fill([1, 2, 2, 1], 2)));
    expectClose(values, [1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(2))], 1e-6);
  });
});
