import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BatchStatistics,
  type ConvNormParams,
  fusedMBConv,
  type Mode,
  mbConv,
  updateStatistics,
} from "./index.js";
import { blockOf, blockParams, partsOf, readTensors, type Summary } from "./testing/block-golden.js";
import { golden } from "./testing/read-golden.js";

function expectSummary(y: tf.Tensor, { shape, at, values, mean, std }: Summary): void {
  expect(y.shape).toEqual(shape);
  const data = y.dataSync();
  const tolerance = 1e-5 * std;
  expectClose(
    at.map((i) => data[i] ?? Number.NaN),
    values,
    tolerance,
  );
  expectClose([tf.tidy(() => tf.mean(y).dataSync()[0] ?? Number.NaN)], [mean], tolerance);
}

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(() => expect(tf.memory().numTensors).toBe(0));

  it.each(Object.entries(golden.blocks))("%s equals PyTorch in training and in evaluation", async (name, expected) => {
    const block = blockOf(name, expected);
    const forward = block.kind === "mbconv" ? mbConv : fusedMBConv;
    const epsilon = golden.batchNorm.epsilon;
    await expectNoLeaks(() => {
      const x = tf.tensor4d(uniformArray(`${name}/x`, tf.util.sizeFromShape(expected.input)), expected.input);
      const params = blockParams(name, readTensors(expected));
      const collected = new Map<string, BatchStatistics>();
      const training: Mode = {
        training: true,
        seed: 1,
        statistics: "batch",
        onStatistics: (norm, statistics) => collected.set(norm, statistics),
      };
      const trained = tf.tidy(() => forward(params as never, x, block, { mode: training, epsilon }));
      expectSummary(trained, expected.train.output);

      const stepped: Record<string, ConvNormParams> = { ...(params as unknown as Record<string, ConvNormParams>) };
      for (const [part, , norm] of partsOf(name)) {
        const batch = collected.get(`block.${part}.norm`);
        const stored = stepped[part]?.norm;
        if (!batch || !stored) throw new Error(`no statistics for ${part}`);
        const next = updateStatistics(stored, batch, 1 - golden.batchNorm.momentumTorch);
        const running = expected.train.runningStatistics;
        const mean = running[`${norm}.running_mean`] ?? [];
        const variance = running[`${norm}.running_var`] ?? [];
        expectClose([...next.mean.dataSync()].slice(0, mean.length), mean, 1e-5);
        expectClose([...next.variance.dataSync()].slice(0, variance.length), variance, 1e-5);
        tf.dispose([stored.mean, stored.variance, batch.mean, batch.variance]);
        stepped[part] = { ...stepped[part], norm: { ...stored, ...next } } as ConvNormParams;
      }
      const mode: Mode = { training: false };
      const evaluated = tf.tidy(() => forward(stepped as never, x, block, { mode, epsilon }));
      expectSummary(evaluated, expected.evalOutputAfterOneTrainingStepOfStatistics);
      tf.dispose([x, trained, evaluated, stepped as never]);
    });
  });
});
