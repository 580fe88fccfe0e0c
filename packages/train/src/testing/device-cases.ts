import { flipPicture, mixGoogle, mixTimm, oneHot, randomErasing } from "@efficientnet/augment";
import { cropPicture, type Picture, preprocess, type Resampling, resizePicture } from "@efficientnet/preprocess";
import * as tf from "@tensorflow/tfjs-core";
import {
  cropImages,
  eraseImages,
  flipImages,
  mixImagesGoogle,
  mixImagesTimm,
  normaliseImages,
} from "../device-augment.js";
import { type DeviceCase, each, HEIGHT, levels, stream, WIDTH } from "./device-case.js";
import { isFurtherMove, OPERATION_CASES } from "./device-operation-cases.js";
import { halfSpec } from "./half-spec.js";

const flips = each((index) => index % 3 !== 1);
const parts = each(
  (index) =>
    [
      { x: 0, y: 0, width: WIDTH, height: HEIGHT },
      { x: 7, y: 11, width: 20, height: 13 },
      { x: 20, y: 14, width: 21, height: 18 },
      { x: 3, y: 1, width: 30, height: 29 },
    ][index % 4]!,
);
const RESIZES: readonly Resampling[] = [
  { filter: "bicubic", method: "pillow" },
  { filter: "bilinear", method: "pillow" },
  { filter: "bilinear", method: "tensorflow" },
  { filter: "lanczos", method: "tensorflow-antialias" },
];
const spec = { ...halfSpec(8), mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const size = { width: WIDTH, height: HEIGHT };
const erasing = { probability: 0.7, count: 2 };
const alphas = { mixupAlpha: 0.4, cutmixAlpha: 1 };
const timm = { ...alphas, mode: "elem", probability: 0.8 } as const;
const labels = oneHot([0, 1, 2, 0, 1, 1], 3);
const labelled = (pictures: readonly Picture[]) => ({
  data: Float32Array.from(levels(pictures)),
  labels,
  shape: [pictures.length, HEIGHT, WIDTH, 3] as const,
});
const imagesAndLabels = (batch: { readonly data: Float32Array; readonly labels: Float32Array }) => [
  ...batch.data,
  ...batch.labels,
];

function mixCase(
  name: string,
  mix: typeof mixImagesGoogle,
  cpu: (batch: ReturnType<typeof labelled>) => ReturnType<typeof labelled>,
): DeviceCase {
  const device = (images: tf.Tensor4D) =>
    tf.tidy(() => {
      const batch = mix({ images, labels: tf.tensor2d(labels, [6, 3]) }, stream("mix"), timm);
      return tf.concat([tf.reshape(batch.images, [-1]), tf.reshape(batch.labels, [-1])]);
    });
  return { name, within: 1e-4, strays: 0, device, cpu: (pictures) => imagesAndLabels(cpu(labelled(pictures))) };
}

/** Everything that the device does, on six pictures. */
export const DEVICE_CASES: readonly DeviceCase[] = [
  ...OPERATION_CASES,
  {
    name: "flips",
    within: 0,
    strays: 0,
    device: (images) => flipImages(images, flips),
    cpu: (pictures) => levels(pictures.map((picture, i) => (flips[i] ? flipPicture(picture) : picture))),
  },
  ...RESIZES.map(
    (resampling): DeviceCase => ({
      name: `parts resized by ${resampling.filter} of ${resampling.method}`,
      within: 1,
      strays: 0,
      device: (images) => cropImages(images, parts, 24, resampling),
      cpu: (pictures) =>
        levels(
          pictures.map((one, i) => resizePicture(cropPicture(one, parts[i]!), { width: 24, height: 24 }, resampling)),
        ),
    }),
  ),
  {
    name: "normalised",
    within: 2e-6,
    strays: 0,
    device: (images) => normaliseImages(images, spec),
    cpu: (pictures) => pictures.flatMap((picture) => [...preprocess(picture, spec, { size }).data]),
  },
  {
    name: "erased",
    within: 0,
    strays: 0,
    device: (images) =>
      eraseImages(
        images,
        each((index) => stream("erase", index)),
        erasing,
      ),
    cpu: (pictures) =>
      pictures.flatMap(({ data }, index) => [
        ...randomErasing(
          { data: Float32Array.from(data), shape: [1, HEIGHT, WIDTH, 3] },
          stream("erase", index),
          erasing,
        ).data,
      ]),
  },
  mixCase("mixed by Google's way", mixImagesGoogle, (batch) => mixGoogle(batch, stream("mix"), alphas)),
  mixCase("mixed by timm's way", mixImagesTimm, (batch) => mixTimm(batch, stream("mix"), timm)),
];

/** A shader is compiled for each shape, so that a browser takes one operation that moves pixels for each filter. */
export const BROWSER_CASES: readonly DeviceCase[] = DEVICE_CASES.filter((one) => !isFurtherMove(one));
