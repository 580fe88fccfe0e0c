import { expandBlocks } from "./expand-blocks.js";
import type { ArchitectureSpec } from "./types.js";

/** The last map of one size on the way down: what a detector or segmenter takes from a backbone. */
export interface FeatureLevel {
  /** Input pixels per pixel of this map, along one side. */
  readonly reduction: number;
  readonly channels: number;
  /** Whose output it is: a block such as `stages.2.1`, or `stem` where no block has this size. */
  readonly name: string;
  /** Stage of that block, from 0; null for the stem. */
  readonly stage: number | null;
}

/**
 * The reduction levels of a network, from large maps to small: the last block before each further halving, and the last
 * block of all. The published networks have 2, 4, 8, 16 and 32.
 */
export function featureLevels(spec: ArchitectureSpec): readonly FeatureLevel[] {
  const levels: FeatureLevel[] = [];
  let level: FeatureLevel = { reduction: spec.stem.stride, channels: spec.stem.channels, name: "stem", stage: null };
  for (const { name, stage, stride, outChannels } of expandBlocks(spec)) {
    if (stride > 1) levels.push(level);
    level = { reduction: level.reduction * stride, channels: outChannels, name, stage };
  }
  return [...levels, level];
}
