import { type ArchitectureSpec, type BlockSpec, getSpec, validateSpec } from "@efficientnet/specs";
import type { SearchSpace } from "./search-space.js";
import { trainingAwareSpace } from "./training-aware-space.js";

/** What pictures a small network is for. */
export interface SmallSpecOptions {
  /** Side of the input in pixels; 32 unless given. */
  readonly imageSize?: number;
  readonly classes?: number;
  readonly name?: string;
}

type Row = readonly [
  block: "fused-mbconv" | "mbconv",
  stride: 1 | 2,
  expandRatio: number,
  channels: number,
  layers: number,
];

/** V2-B0's form, half as wide and four stages deep: 32 pixels are 4 at the end, 64 are 8. */
const ROWS: readonly Row[] = [
  ["fused-mbconv", 1, 1, 16, 1],
  ["fused-mbconv", 2, 4, 24, 2],
  ["fused-mbconv", 2, 4, 32, 2],
  ["mbconv", 1, 4, 48, 2],
];

/**
 * EfficientNetV2 made by hand for pictures of 32 to 64 pixels: Fused-MBConv early, MBConv with squeeze-and-excitation
 * late, a stem that halves the picture, widths divisible by 8.
 *
 * @throws `invalid-argument` for a size or number of classes that is not a positive integer.
 */
export function smallV2Spec({
  imageSize = 32,
  classes = 10,
  name = "small-v2",
}: SmallSpecOptions = {}): ArchitectureSpec {
  const base = getSpec("efficientnetv2-b0");
  const stages = ROWS.map(([block, stride, expandRatio, outChannels, repeats], index): BlockSpec => {
    const inChannels = ROWS[index - 1]?.[3] ?? 16;
    const fields = { kernelSize: 3, stride, expandRatio, inChannels, outChannels, repeats, skip: true };
    return block === "mbconv"
      ? { block, ...fields, seRatio: 0.25 }
      : { block, ...fields, seRatio: 0, projection: expandRatio !== 1 };
  });
  const spec: ArchitectureSpec = {
    ...base,
    name,
    stem: { ...base.stem, channels: 16 },
    stages,
    head: { channels: 192, classes },
    resolution: { train: imageSize, eval: imageSize },
    dropoutRate: 0.1,
    dropPathRate: 0.1,
  };
  validateSpec(spec);
  return spec;
}

/**
 * The training-aware space scaled down for small pictures: stages 2 to 4 of `smallV2Spec`, each with EfficientNetV2's 36
 * choices: 46,656 networks, of which that is one. The first stage is V2's in all of them.
 */
export function smallTrainingAwareSpace(options: SmallSpecOptions = {}): SearchSpace {
  return trainingAwareSpace({ base: smallV2Spec(options), fixed: [0] });
}
