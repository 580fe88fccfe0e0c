import type { ArchitectureSpec, BlockSpec, MBConvSpec } from "@efficientnet/specs";
import { checkGenotype, indexOf } from "./genotype-index.js";
import type { Genotype, SearchSpace, StageFields } from "./search-space.js";

/**
 * The network that a genotype stands for: the base with the chosen options, each stage taking what the one before puts
 * out, named by its number in the space. A fused stage without expansion and without squeeze-and-excitation is a single
 * convolution, as in EfficientNetV2, where the space decides about any of these.
 *
 * @throws `invalid-argument` for a genotype that is not of this space.
 */
export function decodeSpec(space: SearchSpace, genotype: Genotype): ArchitectureSpec {
  checkGenotype(space, genotype);
  return {
    ...space.base,
    name: `${space.name}-${indexOf(space, genotype)}`,
    stages: decodeStages(space, genotype),
  };
}

/** Every stage of a network of the space. */
export function decodeStages({ base, stages }: SearchSpace, genotype: Genotype): readonly BlockSpec[] {
  let arriving: number | undefined;
  return base.stages.map((stage, index) => {
    const chosen = stages[index]?.map(({ options }, place) => options[genotype[index]?.[place] ?? 0]) ?? [];
    const block = blockOf(stage, Object.assign({}, ...chosen), arriving ?? stage.inChannels);
    arriving = block.outChannels;
    return block;
  });
}

/** A stage of either block, before it is decided which. */
interface AnyBlock extends Omit<MBConvSpec, "block" | "experts"> {
  readonly block: BlockSpec["block"];
  readonly projection?: boolean | undefined;
  readonly experts?: number | undefined;
}

function blockOf(base: BlockSpec, chosen: StageFields, inChannels: number): BlockSpec {
  const merged: AnyBlock = { ...base, ...chosen, inChannels };
  const { block, projection, experts, ...shared } = merged;
  if (block === "mbconv") return { ...shared, block, ...(experts !== undefined && { experts }) };
  const single = shared.expandRatio === 1 && shared.seRatio === 0;
  const decided = chosen.block ?? chosen.expandRatio ?? chosen.seRatio;
  return { ...shared, block, projection: decided === undefined ? (projection ?? !single) : !single };
}
