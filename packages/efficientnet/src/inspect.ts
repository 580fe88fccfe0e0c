import {
  type ArchitectureSpec,
  countMacs,
  countParameters,
  expandBlocks,
  featureLevels,
  type PreprocessSpec,
} from "@efficientnet/specs";

/** A network in numbers. */
export interface Inspection {
  readonly name: string;
  readonly classes: number | null;
  /** Length of an embedding. */
  readonly embedding: number;
  /** Side of the input in pixels. */
  readonly imageSize: number;
  readonly blocks: number;
  /** Trainable values. */
  readonly parameters: number;
  /** Multiply-adds for one picture of `imageSize`, which the papers call FLOPs. */
  readonly macs: number;
  readonly reductions: readonly number[];
  readonly preprocess: PreprocessSpec;
  /** The classifier was made for this network and never trained: its answers mean nothing yet. */
  readonly newHead: boolean;
}

/** Counts from the spec alone; nothing runs. */
export function inspectSpec(spec: ArchitectureSpec, preprocess: PreprocessSpec, newHead = false): Inspection {
  return {
    name: spec.name,
    classes: spec.head.classes,
    embedding: spec.head.channels,
    imageSize: preprocess.size,
    blocks: expandBlocks(spec).length,
    parameters: countParameters(spec).trainable,
    macs: countMacs(spec, preprocess.size).total,
    reductions: featureLevels(spec).map(({ reduction }) => reduction),
    preprocess,
    newHead,
  };
}
