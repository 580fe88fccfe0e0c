import { readFileSync } from "node:fs";
import { getSpec, tensorShapes, VARIANT_NAMES } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { archNames, nameMap, specForArch } from "../index.js";
import { defaultPreprocess, findEntry, specForEntry, type WeightsEntry, weightsEntries } from "./index.js";

const entries = weightsEntries();
const parameters = (entry: WeightsEntry) =>
  tensorShapes(specForEntry(entry))
    .filter(({ role }) => role !== "mean" && role !== "variance")
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);

describe("the registry", () => {
  it("holds all that is published, under unique ids", () => {
    const count = (library: string) => entries.filter((entry) => entry.library === library).length;
    expect(
      Object.fromEntries([...new Set(entries.map(({ library }) => library))].map((name) => [name, count(name)])),
    ).toEqual({
      timm: 85,
      torchvision: 16,
      keras: 15,
      tpu: 49,
      automl: 23,
      lukemelas: 17,
      transformers: 8,
    });
    expect(new Set(entries.map(({ id }) => id.toLowerCase())).size).toBe(entries.length);
  });

  it("leaves out what has no spec, and counts it", () => {
    const { listed, leftOut } = JSON.parse(
      readFileSync(new URL("../../fixtures/registry.json", import.meta.url), "utf8"),
    ) as { readonly listed: number; readonly leftOut: Readonly<Record<string, readonly string[]>> };
    expect(Object.entries(leftOut).map(([reason, ids]) => [reason, ids.length])).toEqual([
      ["pruned channels", 5],
      ["other normalisation layers", 3],
      ["other blocks", 4],
      ["TinyNet", 5],
    ]);
    const missing = Object.values(leftOut).flat();
    expect(entries.length + missing.length).toBe(listed);
    for (const id of missing) expect(archNames("timm")).not.toContain(/^timm\/([^.]+)/.exec(id)?.[1]);
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))("%s fits the specs", (id, entry) => {
    expect(VARIANT_NAMES).toContain(entry.variant);
    const spec = specForEntry(entry);
    expect(spec).toMatchObject({ name: entry.variant, padding: entry.padding, batchNorm: entry.batchNorm });
    expect(spec.head.classes).toBe(
      { "imagenet-1k": 1000, "imagenet-1k-background": 1001, "imagenet-12k": 11821, "imagenet-21k": 21843 }[
        entry.labelSet
      ],
    );
    expect(nameMap(entry.family, spec).length).toBe(tensorShapes(spec).length);
    const publisher = entry.library === "transformers" ? "hf" : entry.library;
    expect(id.startsWith(`${publisher}/`) && id.includes(entry.arch)).toBe(true);
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))("%s can be downloaded and prepared", (_, entry) => {
    expect(entry.files.length).toBeGreaterThan(0);
    for (const { url, archive, sha256Prefix, md5 } of entry.files) {
      expect(url).toMatch(
        archive ? /^https:\/\/[\w./-]+\.(tar\.gz|tgz)$/ : /^https:\/\/[\w./-]+\.(safetensors|pth|bin|h5)$/,
      );
      if (sha256Prefix !== undefined) expect(sha256Prefix).toMatch(/^[0-9a-f]{8,10}$/);
      if (md5 !== undefined) expect(md5).toMatch(/^[0-9a-f]{32}$/);
    }
    const { size, fit, mean, std } = entry.preprocess;
    expect(fit.mode === "crop-resize" ? size : fit.resizeTo).toBeGreaterThanOrEqual(size);
    expect([...mean, ...std].every((value) => value > 0 && value < 1)).toBe(true);
    if (entry.accuracy !== null) {
      expect(entry.accuracy.top1).toBeGreaterThan(45);
      expect(entry.accuracy.top5 ?? 100).toBeGreaterThan(entry.accuracy.top1);
    }
  });

  it.each([
    ["torchvision/efficientnet_b0.IMAGENET1K_V1", 5288548],
    ["torchvision/efficientnet_b7.IMAGENET1K_V1", 66347960],
    ["torchvision/efficientnet_v2_l.IMAGENET1K_V1", 118515272],
    ["torchvision/mnasnet0_5.IMAGENET1K_V1", 2218512],
    ["torchvision/mnasnet0_75.IMAGENET1K_V1", 3170208],
    ["torchvision/mnasnet1_3.IMAGENET1K_V1", 6282256],
  ])("%s has the %d parameters its publisher counts", (id, count) => {
    expect(parameters(findEntry(id))).toBe(count);
  });

  it("says all that a set of weights needs to run as published", () => {
    expect(findEntry("timm/tf_efficientnetv2_s.in21k_ft_in1k")).toMatchInlineSnapshot(`
      {
        "accuracy": {
          "top1": 84.332,
          "top5": 97.274,
        },
        "arch": "tf_efficientnetv2_s",
        "batchNorm": {
          "epsilon": 0.001,
          "momentum": 0.9,
        },
        "classes": 1000,
        "family": "timm",
        "files": [
          {
            "format": "safetensors",
            "url": "https://huggingface.co/timm/tf_efficientnetv2_s.in21k_ft_in1k/resolve/main/model.safetensors",
          },
          {
            "format": "pytorch",
            "sha256Prefix": "d7dafa41",
            "url": "https://github.com/huggingface/pytorch-image-models/releases/download/v0.1-effv2-weights/tf_efficientnetv2_s_21ft1k-d7dafa41.pth",
          },
        ],
        "id": "timm/tf_efficientnetv2_s.in21k_ft_in1k",
        "labelSet": "imagenet-1k",
        "library": "timm",
        "licence": "Apache-2.0",
        "padding": "same",
        "preprocess": {
          "filter": "bicubic",
          "fit": {
            "mode": "resize-crop",
            "resizeTo": 384,
          },
          "mean": [
            0.5,
            0.5,
            0.5,
          ],
          "method": "pillow",
          "size": 384,
          "std": [
            0.5,
            0.5,
            0.5,
          ],
        },
        "variant": "efficientnetv2-s",
      }
    `);
    expect(findEntry("torchvision/efficientnet_b1.IMAGENET1K_V2")).toMatchInlineSnapshot(`
      {
        "accuracy": {
          "top1": 79.838,
          "top5": 94.934,
        },
        "arch": "efficientnet_b1",
        "batchNorm": {
          "epsilon": 0.00001,
          "momentum": 0.9,
        },
        "classes": 1000,
        "family": "torchvision",
        "files": [
          {
            "format": "pytorch",
            "sha256Prefix": "c27df63c",
            "url": "https://download.pytorch.org/models/efficientnet_b1-c27df63c.pth",
          },
        ],
        "id": "torchvision/efficientnet_b1.IMAGENET1K_V2",
        "labelSet": "imagenet-1k",
        "library": "torchvision",
        "licence": "BSD-3-Clause",
        "padding": "symmetric",
        "preprocess": {
          "filter": "bilinear",
          "fit": {
            "mode": "resize-crop",
            "resizeTo": 255,
          },
          "mean": [
            0.485,
            0.456,
            0.406,
          ],
          "method": "pillow",
          "size": 240,
          "std": [
            0.229,
            0.224,
            0.225,
          ],
        },
        "variant": "efficientnet-b1",
      }
    `);
    expect(findEntry("keras/efficientnetv2b0").files).toMatchInlineSnapshot(`
      [
        {
          "format": "hdf5",
          "md5": "21ecbf6da12460d5c40bb2f29ceb2188",
          "url": "https://storage.googleapis.com/tensorflow/keras-applications/efficientnet_v2/efficientnetv2-b0.h5",
        },
        {
          "format": "hdf5",
          "md5": "893217f2bb855e2983157299931e43ff",
          "url": "https://storage.googleapis.com/tensorflow/keras-applications/efficientnet_v2/efficientnetv2-b0_notop.h5",
          "withoutClassifier": true,
        },
      ]
    `);
  });

  it.each([
    ["timm/efficientnet_b0.ra_in1k", { size: 224, fit: { mode: "resize-crop", resizeTo: 256 }, filter: "bicubic" }],
    ["timm/efficientnet_b3.ra2_in1k", { size: 320, fit: { mode: "resize-crop", resizeTo: 320 } }],
    ["timm/tf_efficientnet_b4.ap_in1k", { size: 380, fit: { resizeTo: 412 }, mean: [0.5, 0.5, 0.5] }],
    ["timm/tf_efficientnetv2_b3.in21k_ft_in1k", { size: 300, fit: { mode: "squash", resizeTo: 333 } }],
    ["timm/tf_efficientnetv2_m.in1k", { size: 480, fit: { mode: "squash", resizeTo: 480 } }],
    ["timm/test_efficientnet.r160_in1k", { size: 160, fit: { mode: "resize-crop", resizeTo: 168 } }],
    ["torchvision/efficientnet_b1.IMAGENET1K_V2", { size: 240, fit: { resizeTo: 255 }, filter: "bilinear" }],
    ["keras/EfficientNetB3", { size: 300, fit: { mode: "squash", resizeTo: 300 }, std: [0.229, 0.224, 0.225] }],
    [
      "tpu/ckptsaug/efficientnet-b0",
      { size: 224, fit: { mode: "crop-resize", cropPadding: 32 }, filter: "bicubic", mean: [0.485, 0.456, 0.406] },
    ],
    ["tpu/advprop/efficientnet-b8", { size: 672, fit: { mode: "crop-resize" }, mean: [0.5, 0.5, 0.5] }],
    ["tpu/noisystudent/efficientnet-l2_475", { size: 475, std: [0.229, 0.224, 0.225], method: "tensorflow" }],
    [
      "tpu/efficientnet-lite3",
      { size: 280, mean: [127 / 255, 127 / 255, 127 / 255], std: [128 / 255, 128 / 255, 128 / 255] },
    ],
    ["tpu/mnasnet-a1", { size: 224, fit: { mode: "crop-resize" }, mean: [0.485, 0.456, 0.406] }],
    [
      "automl/efficientnetv2-b3",
      { size: 300, fit: { mode: "crop-resize" }, filter: "bicubic", std: [0.229, 0.224, 0.225] },
    ],
    [
      "automl/efficientnetv2-b0-21k",
      { size: 224, fit: { mode: "crop-resize" }, filter: "bilinear", mean: [128 / 255, 128 / 255, 128 / 255] },
    ],
    [
      "automl/efficientnetv2-s",
      { size: 384, fit: { mode: "squash", resizeTo: 384 }, filter: "bilinear", method: "tensorflow" },
    ],
    [
      "lukemelas/advprop/efficientnet-b8",
      { size: 672, fit: { mode: "resize-crop", resizeTo: 672 }, mean: [0.5, 0.5, 0.5] },
    ],
    [
      "hf/google/efficientnet-b4",
      { size: 380, fit: { mode: "squash", resizeTo: 380 }, filter: "nearest", std: [0.229, 0.224, 0.225] },
    ],
    ["keras/EfficientNetV2M", { size: 480, fit: { mode: "squash" }, std: [128 / 255, 128 / 255, 128 / 255] }],
  ])("prepares pictures for %s as its publisher evaluates it", (id, expected) => {
    expect(findEntry(id).preprocess).toMatchObject(expected);
  });

  it("lists near matches for an id it does not have", () => {
    expect(() => findEntry("timm/tf_efficientnetv2_s.in22k")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown weights "timm/tf_efficientnetv2_s.in22k"
        hint: did you mean timm/tf_efficientnetv2_s.in21k, timm/tf_efficientnetv2_s.in1k, timm/tf_efficientnetv2_m.in21k?]
    `);
    expect(() => findEntry("efficientnet_b0")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown weights "efficientnet_b0"
        hint: did you mean keras/EfficientNetB0, keras/EfficientNetB1, keras/EfficientNetB2?]
    `);
  });
});

describe("defaultPreprocess", () => {
  it("is certain where all published weights of a network agree", () => {
    expect(defaultPreprocess("keras-v2", specForArch("keras", "EfficientNetV2S"))).toEqual({
      certain: true,
      preprocess: findEntry("keras/EfficientNetV2S").preprocess,
    });
    expect(defaultPreprocess("torchvision", specForArch("torchvision", "efficientnet_v2_s")).certain).toBe(true);
  });

  it("takes the commonest where they differ, and says so", () => {
    const { preprocess, certain } = defaultPreprocess("timm", specForArch("timm", "tf_efficientnet_b0"));
    expect(certain).toBe(false);
    expect(preprocess).toEqual(findEntry("timm/tf_efficientnet_b0.in1k").preprocess);
  });

  it("squashes to the evaluation resolution where nothing is published", () => {
    const { preprocess, certain } = defaultPreprocess("canonical", getSpec("efficientnet-b2"));
    expect(certain).toBe(false);
    expect(preprocess).toMatchObject({ size: 260, fit: { mode: "squash", resizeTo: 260 } });
  });

  it("follows the libraries that port weights: transformers squashes, efficientnet_pytorch crops", () => {
    const fitOf = (library: "lukemelas" | "transformers", arch: string) =>
      defaultPreprocess(library, specForArch(library, arch)).preprocess;
    expect(fitOf("transformers", "google/efficientnet-b3")).toMatchObject({
      fit: { mode: "squash", resizeTo: 300 },
      filter: "nearest",
    });
    expect(fitOf("lukemelas", "efficientnet-b3")).toMatchObject({ fit: { mode: "resize-crop", resizeTo: 300 } });
  });
});
