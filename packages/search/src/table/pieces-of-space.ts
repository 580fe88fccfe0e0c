import { decodeSpec, type Genotype, type SearchSpace } from "@efficientnet/nas";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { distinctPieces, type Piece, piecesOf } from "./piece.js";

/**
 * Every piece that a network of a space can have, each geometry once: what a latency table of the whole space times. A
 * stage's pieces depend on its own decisions and on the width that arrives, so the space need not be walked through.
 */
export function piecesOfSpace(space: SearchSpace, imageSize: number): readonly Piece[] {
  const neutral = space.stages.map((dimensions) => dimensions.map(() => 0));
  const networks = space.stages.flatMap((_, stage) =>
    arrivingWidths(space, neutral, stage).flatMap((before) =>
      variantsOf(space, before, stage).map((genotype) => decodeSpec(space, genotype)),
    ),
  );
  const pieces = (spec: ArchitectureSpec) => piecesOf(spec, imageSize);
  return distinctPieces((networks.length === 0 ? [space.base] : networks).flatMap(pieces));
}

/** One genotype for each width that the stage before can put out. */
function arrivingWidths(space: SearchSpace, genotype: Genotype, stage: number): readonly Genotype[] {
  if (stage === 0) return [genotype];
  const byWidth = new Map(
    variantsOf(space, genotype, stage - 1).map((variant) => [
      decodeSpec(space, variant).stages[stage - 1]?.outChannels,
      variant,
    ]),
  );
  return [...byWidth.values()];
}

/** A genotype with every combination of one stage's options. */
function variantsOf({ stages }: SearchSpace, genotype: Genotype, stage: number): readonly Genotype[] {
  const combinations = (stages[stage] ?? []).reduce<readonly (readonly number[])[]>(
    (all, { options }) => all.flatMap((chosen) => options.map((_, option) => [...chosen, option])),
    [[]],
  );
  return combinations.map((chosen) => genotype.map((choices, index) => (index === stage ? chosen : choices)));
}
