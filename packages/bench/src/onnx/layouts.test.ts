import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import { onnxPads, toNchw, toOihw, transpose } from "./layouts.js";

describe("transpose", () => {
  it.each([[[0, 3, 1, 2]], [[3, 2, 0, 1]], [[2, 3, 0, 1]], [[1, 0, 3, 2]]] as const)(
    "to axes %j is tfjs's",
    async (order) => {
      await tf.setBackend("cpu");
      const values = uniformArray("transpose", 2 * 3 * 4 * 5);
      const expected = tf.tidy(() => tf.transpose(tf.tensor4d(values, [2, 3, 4, 5]), [...order]).dataSync());
      expect(transpose(values, [2, 3, 4, 5], order)).toEqual(expected);
    },
  );
});

describe("layouts", () => {
  it("puts channels first", () => {
    expect([...toNchw(Float32Array.of(1, 10, 2, 20), [1, 1, 2, 2])]).toEqual([1, 2, 10, 20]);
  });

  it("puts output channels first, also for depthwise kernels", () => {
    expect([...toOihw(Float32Array.of(1, 2, 3, 10, 20, 30), [1, 1, 2, 3], false)]).toEqual([1, 10, 2, 20, 3, 30]);
    expect([...toOihw(Float32Array.of(1, 10, 2, 20), [1, 2, 2, 1], true)]).toEqual([1, 2, 10, 20]);
  });
});

describe("onnxPads", () => {
  it.each([
    { padding: "same", size: 224, kernelSize: 3, stride: 2, pads: [0, 0, 1, 1] },
    { padding: "same", size: 225, kernelSize: 3, stride: 2, pads: [1, 1, 1, 1] },
    { padding: "same", size: 56, kernelSize: 5, stride: 2, pads: [1, 1, 2, 2] },
    { padding: "same", size: 7, kernelSize: 5, stride: 1, pads: [2, 2, 2, 2] },
    { padding: "same", size: 7, kernelSize: 1, stride: 1, pads: [0, 0, 0, 0] },
    { padding: "symmetric", size: 224, kernelSize: 3, stride: 2, pads: [1, 1, 1, 1] },
    { padding: "symmetric", size: 56, kernelSize: 5, stride: 2, pads: [2, 2, 2, 2] },
  ] as const)("$padding, side $size, kernel $kernelSize, stride $stride: $pads", ({ pads, ...of }) => {
    expect(onnxPads(of.padding, of.size, of.kernelSize, of.stride)).toEqual(pads);
  });
});
