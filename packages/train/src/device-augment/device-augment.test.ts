import { readFileSync } from "node:fs";
import type { Operation } from "@efficientnet/augment";
import { pictureFromFile } from "@efficientnet/preprocess/node";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { applyOperations, mixImagesGoogle } from "../device-augment.js";
import { tryCase } from "../testing/device-case.js";
import { DEVICE_CASES } from "../testing/device-cases.js";

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

interface Golden {
  readonly file: string;
  readonly from?: string;
  readonly op: string;
  readonly argument?: number;
  readonly resample?: string;
  readonly fill?: readonly number[];
}

const fixture = (name: string) => new URL(`../../../augment/fixtures/${name}`, import.meta.url);

async function levelsOf(name: string) {
  const { data, width, height, channels } = await pictureFromFile(fixture(name));
  expect(channels).toBe(3);
  return { data: Float32Array.from(data), shape: [1, height, width, 3] as const };
}

it("Pillow's own pictures come out within a level, but for 3 pixels of 10,000", async () => {
  await tf.setBackend("wasm");
  const goldens = JSON.parse(readFileSync(fixture("operations.json"), "utf8")) as readonly Golden[];
  expect(goldens).toHaveLength(47);
  for (const { file, from = "small.png", op, argument, resample, fill } of goldens) {
    const [source, expected] = [await levelsOf(from), await levelsOf(file)];
    const operation = { op: op.replace("Abs", ""), amount: argument, filter: resample, fill } as Operation;
    const [images, pixels] = [tf.tensor4d(source.data, [...source.shape]), source.data.length / 3];
    const changed = applyOperations(images, [operation]);
    const levels = await changed.data();
    tf.dispose([images, changed]);
    const far = Array.from({ length: pixels }, (_, pixel) =>
      [0, 1, 2].some((channel) => Math.abs(levels[pixel * 3 + channel]! - expected.data[pixel * 3 + channel]!) > 1),
    ).filter(Boolean).length;
    expect([file, (10_000 * far) / pixels < 3 ? "near enough" : `${far} of ${pixels} are far`]).toEqual([
      file,
      "near enough",
    ]);
  }
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
