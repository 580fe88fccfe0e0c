import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { applyOperations, mixImagesGoogle } from "../device-augment.js";
import { DEVICE_CASES, tryCase } from "../testing/device-cases.js";

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    await tf.ready();
  });

  it.each(DEVICE_CASES)("$name comes out as on the CPU", async (one) => {
    const { strays, left } = await tryCase(one);
    expect(strays).toBeLessThanOrEqual(one.strays);
    expect(left).toBe(0);
  });
});

describe("images on the device", () => {
  it("are refused without one thing for each, and unless they are RGB", () => {
    const grey = tf.zeros([2, 4, 4, 1]) as tf.Tensor4D;
    const images = tf.zeros([2, 4, 4, 3]) as tf.Tensor4D;
    const labels = tf.zeros([3, 5]) as tf.Tensor2D;
    const before = tf.memory().numTensors;
    expect(() => applyOperations(grey, [undefined, undefined])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the images are [2,4,4,1]
        expected: [N,H,W,3]: RGB, all of one size]
    `);
    expect(() => applyOperations(images, [undefined])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 2 images have 1 operations
        expected: one for each image]
    `);
    expect(() => mixImagesGoogle({ images, labels }, Math.random, {})).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 2 images have 3 rows of labels
        expected: one for each image]
    `);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([grey, images, labels]);
  });
});
