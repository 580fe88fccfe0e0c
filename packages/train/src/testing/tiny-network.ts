import { type ArchitectureSpec, getSpec, withClasses } from "@efficientnet/specs";
import type { TrainedNetwork } from "../trainer.js";
import { halfSpec } from "./half-spec.js";

/** Every kind of block, as small as can be, of stride 16. */
const TINY: ArchitectureSpec = {
  ...getSpec("efficientnetv2-b0"),
  name: "tiny",
  stem: { channels: 8, kernelSize: 3, stride: 2 },
  stages: [
    {
      block: "fused-mbconv",
      kernelSize: 3,
      stride: 1,
      expandRatio: 1,
      inChannels: 8,
      outChannels: 8,
      repeats: 1,
      seRatio: 0,
      skip: true,
      projection: false,
    },
    {
      block: "fused-mbconv",
      kernelSize: 3,
      stride: 2,
      expandRatio: 2,
      inChannels: 8,
      outChannels: 8,
      repeats: 2,
      seRatio: 0,
      skip: true,
      projection: true,
    },
    {
      block: "mbconv",
      kernelSize: 3,
      stride: 2,
      expandRatio: 2,
      inChannels: 8,
      outChannels: 16,
      repeats: 2,
      seRatio: 0.25,
      skip: true,
    },
  ],
  head: { channels: 32, classes: 3 },
  resolution: { train: 32, eval: 32 },
};

/** A network for tests of training, of the classes of the drawn dataset. */
export const tinyNetwork = (labels: readonly string[] = ["red", "green", "blue"]): TrainedNetwork => ({
  spec: withClasses(TINY, labels.length),
  labels,
  preprocess: halfSpec(32),
});
