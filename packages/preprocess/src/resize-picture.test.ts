import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Picture } from "./picture.js";
import { resample } from "./resample.js";
import { type ResizeOptions, resizePicture } from "./resize-picture.js";
import { pictureRows } from "./rows.js";
import {
  meanAndStd,
  type PillowGoldens,
  readGoldens,
  readRgbPng,
  type TensorFlowGoldens,
  worstAt,
} from "./testing/golden.js";

const pillow = readGoldens<PillowGoldens>("pillow.json").resize;
const tensorflow = readGoldens<TensorFlowGoldens>("tensorflow.json").resize;
const filters = ["nearest", "bilinear", "bicubic", "lanczos", "area"] as const;
const methods = ["pillow", "tensorflow", "tensorflow-antialias"] as const;
/** Symmetric at ties too: nearest and the box have to give a tie to one side. */
const smooth = ["bilinear", "bicubic", "lanczos"] as const;
const combinations = methods.flatMap((method) => filters.map((filter) => ({ method, filter })));

let picture: Picture;
beforeAll(async () => {
  picture = await readRgbPng("picture.png");
});

describe("resizing as Pillow does", () => {
  it.each(Object.entries(pillow))("gives every byte of %s", async (name, { to: [width, height], filter }) => {
    const expected = await readRgbPng(name);
    const resized = resizePicture(picture, { width, height }, { filter } as ResizeOptions);
    let worst = 0;
    let differing = 0;
    expected.data.forEach((value, i) => {
      const difference = Math.abs(value - resized.data[i]!);
      worst = Math.max(worst, difference);
      if (difference > 0) differing++;
    });
    expect({ worst, differing, bytes: resized.data.length }).toEqual({
      worst: 0,
      differing: 0,
      bytes: width * height * 3,
    });
  });
});

describe("resizing as tf.image.resize does", () => {
  it.each(Object.entries(tensorflow))("agrees with %s to its seven digits", (_name, golden) => {
    const [width, height] = golden.to;
    const resized = resample(pictureRows(picture), { width, height }, { x: 0, y: 0, width, height }, {
      filter: golden.method,
      method: golden.antialias ? "tensorflow-antialias" : "tensorflow",
    } as Parameters<typeof resample>[3]);
    expect(worstAt(resized, golden)).toBeLessThan(2e-4);
    expect(meanAndStd(resized).mean).toBeCloseTo(golden.mean, 4);
    expect(meanAndStd(resized).std).toBeCloseTo(golden.std, 4);
  });

  it("is 8 bit in a picture: rounded, clipped where the cubic overshoots", () => {
    const step: Picture = { data: Uint8Array.of(0, 0, 255, 255), width: 4, height: 1, channels: 1 };
    const resized = resizePicture(step, { width: 8, height: 1 }, { filter: "bicubic", method: "tensorflow" });
    expect([...resized.data]).toEqual([0, 0, 0, 52, 203, 255, 255, 255]);
  });
});

describe("resizing", () => {
  const sides = fc.integer({ min: 1, max: 40 });

  it.each(combinations)("leaves a constant picture constant ($method, $filter)", (options) => {
    fc.assert(
      fc.property(sides, sides, sides, sides, fc.integer({ min: 0, max: 255 }), (w, h, width, height, value) => {
        const constant: Picture = { data: new Uint8Array(w * h * 3).fill(value), width: w, height: h, channels: 3 };
        const resized = resizePicture(constant, { width, height }, options);
        expect(resized.data.every((byte) => byte === value)).toBe(true);
      }),
    );
  });

  it.each(combinations)("to the same size changes nothing ($method, $filter)", (options) => {
    const part = picture.data.subarray(0, picture.width * 40 * 3);
    const top: Picture = { ...picture, data: part, height: 40 };
    expect(Buffer.compare(Buffer.from(resizePicture(top, top, options).data), Buffer.from(part))).toBe(0);
  });

  it.each(smooth.flatMap((filter) => methods.map((method) => ({ filter, method }))))(
    "of a mirrored picture is the mirrored result ($method, $filter)",
    (options) => {
      const reverse = (bytes: ArrayLike<number>) => Array.from(bytes).reverse();
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), sides, (data, width) => {
          const line: Picture = { data, width: data.length, height: 1, channels: 1 };
          const mirrored: Picture = { ...line, data: Uint8Array.from(reverse(data)) };
          const left = resizePicture(line, { width, height: 1 }, options).data;
          const right = reverse(resizePicture(mirrored, { width, height: 1 }, options).data);
          right.forEach((value, i) => {
            expect(Math.abs(value - left[i]!)).toBeLessThanOrEqual(1);
          });
        }),
      );
    },
  );
});
