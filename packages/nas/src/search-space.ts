import type { ArchitectureSpec, BlockSpec } from "@efficientnet/specs";

/** Fields of a stage that one option sets together. */
export interface StageFields {
  readonly block?: BlockSpec["block"];
  readonly kernelSize?: number;
  readonly expandRatio?: number;
  readonly outChannels?: number;
  readonly repeats?: number;
  readonly seRatio?: number;
  readonly skip?: boolean;
}

/** One decision about a stage: which of the options. */
export interface Dimension {
  readonly name: string;
  readonly options: readonly StageFields[];
}

/** Everything that may vary about a network, and the network that fixes the rest. */
export interface SearchSpace {
  readonly name: string;
  readonly base: ArchitectureSpec;
  /** The decisions about each stage of the base; every block of a stage is the same. */
  readonly stages: readonly (readonly Dimension[])[];
}

/** A network of a space: for each stage and each of its decisions, the number of the option. */
export type Genotype = readonly (readonly number[])[];
