import { prepareTraining } from "@efficientnet/kernels";
import { expectClose } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Summary } from "./testing/block-golden.js";
import { blockGradients } from "./testing/block-gradients.js";
import { golden } from "./testing/read-golden.js";

/** Every sampled value and the mean, to within a share of the tensor's largest value. */
function expectGradient(actual: readonly number[], { at, values, mean }: Summary, share: number): void {
  const largest = actual.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const tolerance = share * largest;
  expectClose(
    at.map((i) => actual[i] ?? Number.NaN),
    values,
    tolerance,
  );
  expectClose([actual.reduce((sum, value) => sum + value, 0) / actual.length], [mean], tolerance);
}

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    await prepareTraining();
  });
  afterAll(() => expect(tf.memory().numTensors).toBe(0));

  it.each(Object.entries(golden.blocks))("every gradient of %s equals PyTorch", async (name, expected) => {
    const { x, ...gradients } = await blockGradients(name, expected, golden.batchNorm.epsilon);
    expectGradient(x ?? [], expected.train.inputGradient, 1e-4);
    const parameters = Object.entries(expected.train.parameterGradients);
    expect(Object.keys(gradients)).toEqual(parameters.map(([key]) => key));
    for (const [key, summary] of parameters) expectGradient(gradients[key] ?? [], summary, 1e-4);
  });
});
