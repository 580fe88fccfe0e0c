import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { describe, expect, it } from "vitest";
import { blend, prepareTraining, rmspropStep } from "./index.js";

const NUMBERS = { share: 0.1, momentum: 0.9, epsilon: 1e-3, learningRate: 0.05, decay: 0.01 };

describe("a step of RMSProp in one pass", () => {
  it.each([1, 4, 7, 30])("is the formula, for %d values", async (length) => {
    await tf.setBackend("wasm");
    await prepareTraining();
    const [value, gradient, moment] = ["value", "gradient", "moment"].map((name) => uniformArray(name, length));
    const meanSquare = uniformArray("square", length, 0.5, 1);
    const tensors = {
      value: tf.tensor1d(value!),
      gradient: tf.tensor1d(gradient!),
      meanSquare: tf.tensor1d(meanSquare),
      moment: tf.tensor1d(moment!),
    };
    const made = rmspropStep(tensors, NUMBERS)!;
    const expected = Array.from({ length }, (_, i) => {
      const g = gradient![i]! + 0.01 * value![i]!;
      const square = 0.9 * meanSquare[i]! + 0.1 * g * g;
      const after = 0.9 * moment![i]! + (0.05 * g) / Math.sqrt(square + 1e-3);
      return { value: value![i]! - after, square, after };
    });
    expectClose(
      made.value.dataSync(),
      expected.map((one) => one.value),
      1e-6,
    );
    expectClose(
      made.meanSquare.dataSync(),
      expected.map(({ square }) => square),
      1e-6,
    );
    expectClose(
      made.moment.dataSync(),
      expected.map(({ after }) => after),
      1e-6,
    );
    expectClose(
      blend(tensors.value, tensors.gradient, 0.25)!.dataSync(),
      value!.map((from, i) => from + 0.25 * (gradient![i]! - from)),
      1e-6,
    );
  });

  it("makes nothing but what it gives", async () => {
    await tf.setBackend("wasm");
    await prepareTraining();
    const x = tf.ones([5]);
    await expectNoLeaks(
      () => rmspropStep({ value: x, gradient: x, meanSquare: x, moment: x }, NUMBERS)!,
      (made) => tf.dispose([made.value, made.meanSquare, made.moment]),
    );
  });

  it("is left to the caller on other backends", async () => {
    await tf.setBackend("cpu");
    await prepareTraining();
    const x = tf.ones([5]);
    expect(rmspropStep({ value: x, gradient: x, meanSquare: x, moment: x }, NUMBERS)).toBeUndefined();
    expect(blend(x, x, 0.5)).toBeUndefined();
  });
});
