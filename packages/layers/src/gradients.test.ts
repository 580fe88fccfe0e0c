import { prepareTraining } from "@efficientnet/kernels";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockGradients } from "./testing/block-gradients.js";
import { expectGradients } from "./testing/expect-gradients.js";
import { golden } from "./testing/read-golden.js";

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    await prepareTraining();
  });
  afterAll(() => expect(tf.memory().numTensors).toBe(0));

  it.each(Object.entries(golden.blocks))("every gradient of %s equals PyTorch", async (name, expected) => {
    const gradients = await blockGradients(name, expected, golden.batchNorm.epsilon);
    expect(Object.keys(gradients)).toEqual(["x", ...Object.keys(expected.train.parameterGradients)]);
    expectGradients(gradients, expected, 1e-4);
  });
});
