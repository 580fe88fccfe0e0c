import { type BlockSpec, getSpec } from "@efficientnet/specs";
import type { Dimension, SearchSpace } from "./search-space.js";
import { repeatsNear } from "./training-aware-space.js";

type Row = readonly [outChannels: number, repeats: number, stride: 1 | 2];

/** Widths, depths and strides that the options are relative to. Source: MobileNetV2 paper, table 2. */
const MOBILENET_V2: readonly Row[] = [
  [16, 1, 1],
  [24, 2, 2],
  [32, 3, 2],
  [64, 4, 2],
  [96, 3, 1],
  [160, 3, 2],
  [320, 1, 1],
];

const stageOf = ([outChannels, repeats, stride]: Row, index: number): BlockSpec => ({
  block: "mbconv",
  kernelSize: 3,
  stride,
  expandRatio: index === 0 ? 1 : 6,
  inChannels: MOBILENET_V2[index - 1]?.[0] ?? 32,
  outChannels,
  repeats,
  seRatio: 0,
  skip: true,
});

/**
 * MnasNet's factorised space around MobileNetV2: for each stage the convolution (regular, depthwise separable, MBConv),
 * 3x3 or 5x5, squeeze-and-excitation, skip, 0.75, 1 or 1.25 of the filters, one layer fewer, the same or one more.
 *
 * The paper itemises no expansions; MBConv comes with those of the networks it found, 3 and 6. Its third skip, pooling,
 * no spec can say and is left out: with it a stage has 432 options, the number that the paper quotes, and 288 here.
 *
 * Source: MnasNet paper, section 4.1.
 */
export function mnasNetSpace(): SearchSpace {
  return {
    name: "mnasnet-space",
    base: { ...getSpec("mnasnet-a1"), name: "mobilenetv2-as-mnasnet", stages: MOBILENET_V2.map(stageOf) },
    stages: MOBILENET_V2.map(([channels, repeats]): readonly Dimension[] => [
      {
        name: "convolution",
        options: [
          { block: "fused-mbconv", expandRatio: 1 },
          { block: "mbconv", expandRatio: 1 },
          { block: "mbconv", expandRatio: 3 },
          { block: "mbconv", expandRatio: 6 },
        ],
      },
      { name: "kernel", options: [{ kernelSize: 3 }, { kernelSize: 5 }] },
      { name: "squeeze", options: [{ seRatio: 0 }, { seRatio: 0.25 }] },
      { name: "skip", options: [{ skip: true }, { skip: false }] },
      { name: "filters", options: [0.75, 1, 1.25].map((ratio) => ({ outChannels: channels * ratio })) },
      { name: "layers", options: repeatsNear(repeats, [0, 1, -1]) },
    ]),
  };
}
