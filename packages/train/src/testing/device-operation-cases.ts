import {
  type AugmentPolicy,
  applyOperation,
  augment,
  type GeometryFilter,
  googleRandAugment,
  type Operation,
  timmRandAugment,
} from "@efficientnet/augment";
import { applyOperations, augmentImages } from "../device-augment.js";
import { type DeviceCase, each, levels, stream } from "./device-case.js";

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

/** Operations and policies: tables exactly, tones within a level, and moved pixels but for 5 of 1000. */
export const OPERATION_CASES: readonly DeviceCase[] = [
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
];

/** Whether a case moves pixels as others do with the same filter. */
export const isFurtherMove = ({ name }: DeviceCase): boolean =>
  MOVES.some((move) => name === nameOf(move)) && !name.startsWith("Rotate 21");
