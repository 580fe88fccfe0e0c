import {
  type AugmentPolicy,
  applyOperation,
  augment,
  flipPicture,
  type GeometryFilter,
  googleRandAugment,
  mixGoogle,
  mixTimm,
  type Operation,
  oneHot,
  randomErasing,
  timmRandAugment,
} from "@efficientnet/augment";
import { cropPicture, type Picture, preprocess, type Resampling, resizePicture } from "@efficientnet/preprocess";
import { seededRandom } from "@efficientnet/random";
import * as tf from "@tensorflow/tfjs-core";
import {
  applyOperations,
  augmentImages,
  cropImages,
  eraseImages,
  flipImages,
  mixImagesGoogle,
  mixImagesTimm,
  normaliseImages,
} from "../device-augment.js";
import { halfSpec } from "./half-spec.js";

/** One thing that the device does, beside what the CPU makes of the same pictures. */
export interface DeviceCase {
  readonly name: string;
  /** How far numbers may be apart, but for `strays` of a thousand pixels. */
  readonly within: number;
  readonly strays: number;
  readonly device: (images: tf.Tensor4D) => tf.Tensor;
  readonly cpu: (pictures: readonly Picture[]) => readonly number[];
}

const [WIDTH, HEIGHT] = [41, 32];

/** Waves, an edge and noise, different in every picture. */
function draw(seed: number): Picture {
  const random = seededRandom("scene", seed);
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
    const wave = 60 * Math.sin((x * (seed + 1)) / 9) + 40 * Math.cos((y + (i % 3) * 5) / 6);
    return 120 + wave + (x > y + seed * 7 ? 25 : 0) + 20 * random();
  });
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
}

const PICTURES = Array.from({ length: 6 }, (_, index) => draw(index));
const levels = (pictures: readonly Picture[]) => pictures.flatMap(({ data }) => [...data]);
const each = <Item>(make: (index: number) => Item) => PICTURES.map((_, index) => make(index));

const fill = [10, 120, 230] as const;
const FILTERS: readonly GeometryFilter[] = ["nearest", "bilinear", "bicubic"];
const MOVES = FILTERS.flatMap((filter): readonly Operation[] => [
  { op: "Rotate", amount: 21, filter, fill },
  { op: "Rotate", amount: -100.5, filter, fill },
  { op: "ShearX", amount: -0.3, filter, fill },
  { op: "ShearY", amount: 0.27, filter, fill },
  { op: "TranslateX", amount: -13.4, filter, fill },
  { op: "TranslateY", amount: 9, filter, fill },
]);
const EXACT: readonly Operation[] = [
  { op: "Invert" },
  { op: "Posterize", amount: 3 },
  { op: "Solarize", amount: 100 },
  { op: "SolarizeAdd", amount: 60 },
  { op: "Brightness", amount: 0.4 },
  { op: "Brightness", amount: 1.7 },
  { op: "Cutout", amount: 9, centre: [4, 30], fill },
];
const NEAR: readonly Operation[] = [
  { op: "AutoContrast" },
  { op: "Equalize" },
  { op: "Color", amount: 0.3 },
  { op: "Color", amount: 1.9 },
  { op: "Contrast", amount: 0.2 },
  { op: "Contrast", amount: 1.6 },
  { op: "Sharpness", amount: 0.1 },
  { op: "Sharpness", amount: 1.9 },
];

const nameOf = (operation: Operation): string => Object.values(operation).flat().join(" ");

function operationCase(operation: Operation, within: number, strays: number): DeviceCase {
  return {
    name: nameOf(operation),
    within,
    strays,
    device: (images) =>
      applyOperations(
        images,
        each(() => operation),
      ),
    cpu: (pictures) => levels(pictures.map((picture) => applyOperation(picture, operation))),
  };
}

const mixed = each((index) => [EXACT[1], undefined, MOVES[0], EXACT[0], MOVES[7], NEAR[0]][index]);
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
const stream = (name: string, index = 0) => seededRandom(name, index);
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

const policyCase = (name: string, policy: AugmentPolicy): DeviceCase => ({
  name,
  within: 1,
  strays: 5,
  device: (images) =>
    augmentImages(
      images,
      policy,
      each((index) => stream(name, index)),
    ),
  cpu: (pictures) => levels(pictures.map((picture, index) => augment(picture, policy, stream(name, index)))),
});

/** Everything that the device does, on six pictures. */
export const DEVICE_CASES: readonly DeviceCase[] = [
  ...EXACT.map((operation) => operationCase(operation, 0, 0)),
  ...NEAR.map((operation) => operationCase(operation, 1, 0)),
  ...MOVES.map((operation) => operationCase(operation, 1, 5)),
  {
    name: "an operation of its own for each",
    within: 1,
    strays: 5,
    device: (images) => applyOperations(images, mixed),
    cpu: (pictures) =>
      levels(pictures.map((picture, i) => (mixed[i] === undefined ? picture : applyOperation(picture, mixed[i])))),
  },
  policyCase("Google's RandAugment", googleRandAugment({ magnitude: 10 })),
  policyCase("timm's RandAugment", timmRandAugment({ magnitude: 9 })),
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
export const BROWSER_CASES: readonly DeviceCase[] = DEVICE_CASES.filter(
  ({ name }) => !(MOVES.some((move) => name === nameOf(move)) && !name.startsWith("Rotate 21")),
);

/** What came of a case. */
export interface Outcome {
  readonly name: string;
  /** Pixels (or triples of numbers) of a thousand that are further apart than the case allows. */
  readonly strays: number;
  /** Tensors left over. */
  readonly left: number;
}

/** Runs a case on the active backend. */
export async function tryCase({ name, within, device, cpu }: DeviceCase): Promise<Outcome> {
  const before = tf.memory().numTensors;
  const images = tf.tensor4d(Float32Array.from(levels(PICTURES)), [PICTURES.length, HEIGHT, WIDTH, 3]);
  const result = device(images);
  const numbers = await result.data();
  tf.dispose([images, result]);
  const expected = cpu(PICTURES);
  if (numbers.length !== expected.length) throw new Error(`${numbers.length} numbers against ${expected.length}`);
  const triples = Array.from({ length: Math.ceil(expected.length / 3) }, (_, i) =>
    expected.slice(i * 3, i * 3 + 3).some((value, channel) => !(Math.abs(numbers[i * 3 + channel]! - value) <= within)),
  );
  return {
    name,
    strays: (1000 * triples.filter(Boolean).length) / triples.length,
    left: tf.memory().numTensors - before,
  };
}
