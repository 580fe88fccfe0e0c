import type { PreprocessSpec } from "@efficientnet/specs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Picture } from "./picture.js";
import { planFit } from "./plan-fit.js";
import { preprocess, preprocessBatch } from "./preprocess.js";
import {
  meanAndStd,
  type PillowGoldens,
  readGoldens,
  readRgbPng,
  type Summary,
  type TensorFlowGoldens,
  worstAt,
} from "./testing/golden.js";

const pillow = readGoldens<PillowGoldens>("pillow.json").transforms;
const tensorflow = readGoldens<TensorFlowGoldens>("tensorflow.json").transforms;

const every = (value: number): readonly [number, number, number] => [value, value, value];
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const half = { mean: every(0.5), std: every(0.5) };
const bicubic = { filter: "bicubic", method: "pillow", ...imagenet } as const;
const resizeCrop = (size: number, resizeTo: number) => ({ size, fit: { mode: "resize-crop", resizeTo } }) as const;
const google = (size: number) =>
  ({
    size,
    fit: { mode: "crop-resize", cropPadding: 32 },
    method: "tensorflow",
    filter: "bicubic",
    ...imagenet,
  }) as const;

const pillowSpecs: Readonly<Record<string, PreprocessSpec>> = {
  "timm.b0-875-bicubic": { ...bicubic, ...resizeCrop(224, 256) },
  "timm.b3-904-bicubic": { ...bicubic, ...resizeCrop(300, 331) },
  "timm.v2s-1000-bicubic-half": { ...bicubic, ...half, ...resizeCrop(300, 300) },
  "timm.squash": { ...bicubic, size: 256, fit: { mode: "squash", resizeTo: 256 } },
  "timm.bilinear-224": { ...bicubic, ...resizeCrop(224, 256), filter: "bilinear" },
  "timm.border": { ...bicubic, size: 200, fit: { mode: "border", resizeTo: 210 } },
  "torchvision.b0": { ...bicubic, ...resizeCrop(224, 256) },
  "torchvision.b1-v2": { ...bicubic, ...resizeCrop(240, 255), filter: "bilinear" },
  "torchvision.v2-s": { ...bicubic, ...resizeCrop(384, 384), filter: "bilinear" },
  "torchvision.v2-l": { ...bicubic, ...half, ...resizeCrop(480, 480) },
};

const automl = { filter: "bilinear", mean: every(128 / 255), std: every(128 / 255) } as const;
const tensorflowSpecs: Readonly<Record<string, PreprocessSpec>> = {
  "tensorflow-v1.224": google(224),
  "tensorflow-v1.240": google(240),
  "tensorflow-v1.300": google(300),
  "automl-v2.300": { ...google(300), ...automl },
  "automl-v2.384": { ...google(384), ...automl, fit: { mode: "squash", resizeTo: 384 } },
  "tensorflow-lite.224": { ...google(224), ...automl, mean: every(127 / 255) },
};

let picture: Picture;
beforeAll(async () => {
  picture = await readRgbPng("picture.png");
});

function expectGolden(spec: PreprocessSpec, golden: Summary): void {
  const { data, shape } = preprocess(picture, spec);
  expect(shape).toEqual([1, ...golden.shape]);
  expect(worstAt(data, golden)).toBeLessThan(2e-6);
  expect(meanAndStd(data).mean).toBeCloseTo(golden.mean, 6);
  expect(meanAndStd(data).std).toBeCloseTo(golden.std, 6);
}

describe("preprocess", () => {
  it.each(Object.entries(pillow))("gives the input of %s", (name, golden) => {
    expectGolden(pillowSpecs[name]!, golden);
  });

  it.each(Object.entries(tensorflow))("gives the input and the crop of %s", (name, golden) => {
    const spec = tensorflowSpecs[name]!;
    expectGolden(spec, golden);
    const { x, y, width, height } = planFit(picture, spec).source;
    expect([x, y, width, height]).toEqual(golden.crop);
  });

  const colours: Picture = { data: Uint8Array.of(200, 100, 50, 0, 0, 255, 0, 128), width: 2, height: 1, channels: 4 };
  const levels: PreprocessSpec = {
    size: 2,
    fit: { mode: "border", resizeTo: 2 },
    filter: "nearest",
    method: "pillow",
    mean: [0, 0, 0],
    std: every(1 / 255),
  };
  const rounded = (data: Float32Array) => Array.from(data, Math.round);

  it("drops alpha, or composites over a background", () => {
    const visible = (data: Float32Array) => rounded(data).slice(0, 6);
    expect(visible(preprocess(colours, levels).data)).toEqual([200, 100, 50, 0, 255, 0]);
    expect(visible(preprocess(colours, levels, { background: [255, 255, 255] }).data)).toEqual([
      255, 255, 255, 127, 255, 127,
    ]);
  });

  it("repeats grey", () => {
    const grey: Picture = { data: Uint8Array.of(7, 9), width: 2, height: 1, channels: 1 };
    expect(rounded(preprocess(grey, levels).data).slice(0, 6)).toEqual([7, 7, 7, 9, 9, 9]);
  });

  it("takes a picture of one pixel", () => {
    const dot: Picture = { data: Uint8Array.of(10, 20, 30), width: 1, height: 1, channels: 3 };
    for (const fit of [
      { mode: "resize-crop", resizeTo: 9 },
      { mode: "squash", resizeTo: 9 },
      { mode: "border", resizeTo: 9 },
      { mode: "crop-resize", cropPadding: 2 },
    ] as const) {
      const { data } = preprocess(dot, { ...levels, size: 8, fit });
      expect(rounded(data)).toEqual(Array.from({ length: 64 }, () => [10, 20, 30]).flat());
    }
  });

  it.each([
    [1, 1_000_000],
    [1_000_000, 1],
  ])("takes a picture of %i x %i, of which a crop needs little", (width, height) => {
    const line: Picture = { data: new Uint8Array(1_000_000).fill(77), width, height, channels: 1 };
    for (const method of ["pillow", "tensorflow", "tensorflow-antialias"] as const) {
      const { data } = preprocess(line, { ...levels, ...resizeCrop(8, 9), filter: "bicubic", method });
      expect(rounded(data).every((value) => value === 77)).toBe(true);
    }
  });

  it("pads a crop larger than the picture with black, a border with the mean colour", () => {
    const white: Picture = { data: new Uint8Array(3).fill(255), width: 1, height: 1, channels: 3 };
    const spec: PreprocessSpec = { ...levels, size: 3, mean: every(0.2), std: [1, 1, 1] };
    const red = (fit: PreprocessSpec["fit"]) =>
      Array.from(preprocess(white, { ...spec, fit }).data)
        .filter((_, i) => i % 3 === 0)
        .map((value) => Math.round(value * 10) / 10);
    const around = (edge: number) => [edge, edge, edge, edge, 0.8, edge, edge, edge, edge];
    expect(red({ mode: "resize-crop", resizeTo: 1 })).toEqual(around(-0.2));
    expect(red({ mode: "border", resizeTo: 1 })).toEqual(around(0));
  });

  it("takes another size, also one that is not square", () => {
    const spec = pillowSpecs["timm.b0-875-bicubic"]!;
    expect(preprocess(picture, spec, { size: 320 }).shape).toEqual([1, 320, 320, 3]);
    expect(preprocess(picture, spec, { size: 320 }).data).toEqual(
      preprocess(picture, { ...spec, ...resizeCrop(320, 365) }).data,
    );
    expect(preprocess(picture, google(224), { size: { height: 96, width: 160 } }).shape).toEqual([1, 96, 160, 3]);
  });
});

describe("preprocessBatch", () => {
  it("is each picture preprocessed, one after another", () => {
    const spec = google(64);
    const grey: Picture = { data: Uint8Array.from({ length: 12 }, (_, i) => i * 20), width: 4, height: 3, channels: 1 };
    const { data, shape } = preprocessBatch([picture, grey], spec);
    expect(shape).toEqual([2, 64, 64, 3]);
    expect(data.subarray(0, 64 * 64 * 3)).toEqual(preprocess(picture, spec).data);
    expect(data.subarray(64 * 64 * 3)).toEqual(preprocess(grey, spec).data);
  });

  it("names the picture that cannot be used", () => {
    const short = { ...picture, width: 3 };
    expect(() => preprocessBatch([picture, short], google(64))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data of picture 1 does not fill it
        expected: 2151 bytes (3 x 239 x 3)
        received: 227289 bytes]
    `);
    expect(() => preprocessBatch([], google(64))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the batch has no pictures
        expected: at least one]
    `);
  });
});

describe("what preprocess refuses", () => {
  const spec = google(64);
  const dot: Picture = { data: Uint8Array.of(1, 2, 3), width: 1, height: 1, channels: 3 };
  const refused = (bad: Partial<Picture>) => () => preprocess({ ...dot, ...bad }, spec);

  it("pictures without pixels", () => {
    expect(refused({ width: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture is 0 x 1 pixels
        expected: a whole, positive width and height]
    `);
    expect(refused({ height: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture is 1 x NaN pixels
        expected: a whole, positive width and height]
    `);
  });

  it("data that does not fill the picture", () => {
    expect(refused({ channels: 4 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data of the picture does not fill it
        expected: 4 bytes (1 x 1 x 4)
        received: 3 bytes]
    `);
    expect(refused({ channels: 2 as 1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture has 2 channels
        expected: 1 (grey), 3 (RGB) or 4 (RGBA)
        hint: pictureFrom makes a picture of images, canvases, decoded bytes and tensors]
    `);
  });

  it("data that is not 8 bit", () => {
    const data = Float32Array.of(0, 0.5, 1) as unknown as Uint8Array;
    expect(refused({ data })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data of the picture is not 8 bit
        expected: Uint8Array or Uint8ClampedArray
        received: Float32Array
        hint: pictureFrom({ data, width, height, channels, range }) turns numbers of a stated range into a picture]
    `);
  });

  it("more pixels than allowed", () => {
    expect(() => preprocess(picture, spec, { maxPixels: 10_000 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture has 75763 pixels (317 x 239)
        expected: at most 10000
        hint: raise maxPixels if this is meant]
    `);
    expect(refused({ width: 100_000, height: 100_000 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture has 10000000000 pixels (100000 x 100000)
        expected: at most 178956970
        hint: raise maxPixels if this is meant]
    `);
    expect(refused({ width: 2_000_000 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture has a side of 2000000 pixels
        expected: at most 1000000]
    `);
    expect(() => preprocess(dot, spec, { maxPixels: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: maxPixels is NaN
        expected: a positive number]
    `);
  });

  it("specs and sizes that make no sense", () => {
    const specWith = (bad: object) => () => preprocess(dot, { ...spec, ...bad });
    expect(specWith({ filter: "bicubik" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown filter "bicubik"
        hint: did you mean bicubic?]
    `);
    expect(specWith({ method: "pil" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown resampling method "pil"
        hint: did you mean pillow?]
    `);
    expect(specWith({ fit: { mode: "center", resizeTo: 4 } })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown fit "center"
        hint: known: resize-crop, squash, border, crop-resize]
    `);
    expect(specWith({ fit: { mode: "squash", resizeTo: 0 } })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: fit.resizeTo is 0
        expected: a whole, positive number of pixels]
    `);
    expect(specWith({ std: [1, 0, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: std[1] is 0
        expected: a positive number]
    `);
    expect(() => preprocess(dot, spec, { background: [1, 0.5, 0] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: background is [1,0.5,0]
        expected: red, green and blue as whole numbers in 0..255]
    `);
    expect(() => preprocess(dot, spec, { size: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the input's width is 1.5
        expected: a whole, positive number of pixels]
    `);
    expect(() => preprocess(dot, spec, { size: { width: 8, height: Number.NaN } })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the input's height is NaN
        expected: a whole, positive number of pixels]
    `);
  });
});
